import { Box } from '@mui/material';
import { useGetList } from 'react-admin';
import { formatNumber } from '../shared/format.js';
import { useLive } from '../shared/live.js';

const REFRESH_MS = 30_000;

/** How many there are of what a menu's place waits for the reader to do; nothing while there is none. */
export const MenuCount = ({
  resource,
  filter,
  what,
}: {
  resource: string;
  filter: Readonly<Record<string, string>>;
  /** The words after the number, for those who hear the menu. */
  what: string;
}) => {
  const live = useLive(REFRESH_MS);
  const { total } = useGetList(
    resource,
    { pagination: { page: 1, perPage: 1 }, filter },
    { refetchInterval: live, onError: () => undefined },
  );
  if (!total) return null;
  const words = formatNumber(total);
  return (
    <Box
      component="span"
      aria-label={`${words} ${what}`}
      sx={{
        ml: 0.75,
        px: 0.6,
        borderRadius: 1,
        bgcolor: 'warning.main',
        color: 'warning.contrastText',
        fontSize: '0.8em',
        fontWeight: 650,
        fontVariantNumeric: 'tabular-nums',
      }}
    >
      {words}
    </Box>
  );
};
