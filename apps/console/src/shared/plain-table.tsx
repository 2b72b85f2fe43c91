import { Table, TableBody, TableCell, TableContainer, TableHead, TableRow } from '@mui/material';
import type { ReactNode } from 'react';

interface Column<T> {
  readonly name: string;
  readonly render: (row: T) => ReactNode;
  readonly align?: 'left' | 'right';
  readonly width?: string | number;
}

/** A small table inside a screen. */
export const PlainTable = <T,>({
  label,
  rows,
  rowKey,
  columns,
}: {
  label: string;
  rows: readonly T[];
  rowKey: (row: T) => string;
  columns: readonly Column<T>[];
}) => (
  // A landmark for each table would drown those of the page, and no other element is a plain group.
  // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
  <TableContainer tabIndex={0} role="group" aria-label={label}>
    <Table size="small" aria-label={label}>
      <TableHead>
        <TableRow>
          {columns.map(({ name, align, width }) => (
            <TableCell
              key={name}
              {...(align ? { align } : {})}
              sx={{ width, whiteSpace: 'nowrap' }}
            >
              {name}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={rowKey(row)} hover>
            {columns.map(({ name, render, align }) => (
              <TableCell key={name} {...(align ? { align } : {})} sx={{ verticalAlign: 'top' }}>
                {render(row)}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  </TableContainer>
);
