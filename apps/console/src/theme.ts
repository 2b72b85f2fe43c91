import { defaultDarkTheme, defaultLightTheme, type RaThemeOptions } from 'react-admin';
import { deepmerge } from '@mui/utils';

const SYSTEM_FONT = 'system-ui, -apple-system, "Segoe UI", "Liberation Sans", Arial, sans-serif';

/** For ids, tools, rules and code. */
export const MONOSPACE =
  'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace';

const compact: RaThemeOptions = {
  shape: { borderRadius: 6 },
  typography: {
    fontFamily: SYSTEM_FONT,
    fontSize: 13,
    h1: { fontSize: '1.2rem', fontWeight: 600, lineHeight: 1.3 },
    h2: { fontSize: '0.95rem', fontWeight: 600, lineHeight: 1.4 },
    h3: { fontSize: '0.85rem', fontWeight: 600, lineHeight: 1.4 },
    body1: { fontSize: '0.875rem' },
    body2: { fontSize: '0.8125rem' },
    button: { textTransform: 'none', fontWeight: 550 },
  },
  components: {
    MuiCssBaseline: { styleOverrides: { '.nowrap': { whiteSpace: 'nowrap' } } },
    MuiButtonBase: { defaultProps: { disableRipple: true } },
    MuiButton: { defaultProps: { disableElevation: true, size: 'small', variant: 'outlined' } },
    MuiPaper: { defaultProps: { elevation: 0, variant: 'outlined' } },
    MuiAppBar: { defaultProps: { variant: 'elevation' } },
    MuiTextField: {
      defaultProps: { size: 'small', variant: 'outlined', margin: 'none', fullWidth: true },
    },
    MuiFormControl: {
      defaultProps: { size: 'small', variant: 'outlined', margin: 'none', fullWidth: true },
    },
    MuiTableCell: {
      styleOverrides: {
        root: { padding: '5px 10px', lineHeight: 1.4 },
        head: ({ theme }: { theme: { palette: { text: { secondary: string } } } }) => ({
          fontWeight: 600,
          fontSize: '0.75rem',
          color: theme.palette.text.secondary,
        }),
      },
    },
    MuiTab: { styleOverrides: { root: { minHeight: 36, padding: '6px 14px' } } },
    MuiTabs: { styleOverrides: { root: { minHeight: 36 } } },
    MuiTooltip: { defaultProps: { describeChild: true, enterDelay: 300 } },
    MuiLink: { defaultProps: { underline: 'always' } },
    MuiAlert: { styleOverrides: { root: { padding: '2px 12px' } } },
  },
};

const light: RaThemeOptions = {
  palette: {
    mode: 'light',
    primary: { main: '#1f4e79' },
    secondary: { main: '#1f4e79' },
    error: { main: '#b3261e' },
    warning: { main: '#8a5300' },
    success: { main: '#1d6b39' },
    info: { main: '#1f4e79' },
    text: { primary: '#1b2128', secondary: '#51606e' },
    background: { default: '#f4f6f8', paper: '#ffffff' },
    divider: '#d5dbe1',
  },
};

const dark: RaThemeOptions = {
  palette: {
    mode: 'dark',
    primary: { main: '#8ab8e6' },
    secondary: { main: '#8ab8e6' },
    error: { main: '#ff8a80' },
    warning: { main: '#f0b35a' },
    success: { main: '#7ccf95' },
    info: { main: '#8ab8e6' },
    text: { primary: '#e4e8ec', secondary: '#a5b1bd' },
    background: { default: '#12161b', paper: '#1a2027' },
    divider: '#323b45',
  },
};

const themed = (base: object, palette: RaThemeOptions): RaThemeOptions =>
  deepmerge(deepmerge(base, compact), palette);

export const lightTheme = themed(defaultLightTheme, light);
export const darkTheme = themed(defaultDarkTheme, dark);
