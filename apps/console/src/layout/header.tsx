import DarkIcon from '@mui/icons-material/DarkModeOutlined';
import LightIcon from '@mui/icons-material/LightModeOutlined';
import { Box, IconButton, Tooltip, Typography } from '@mui/material';
import { useTheme } from 'react-admin';
import { useTheme as useMuiTheme } from '@mui/material/styles';
import { Link } from 'react-router-dom';
import { useSession } from '../sign-in/session-store.js';
import { PersonMenu } from './person-menu.js';

/** The bar on top: which installation this is, and who is signed in. */
export const Header = () => {
  const session = useSession();
  return (
    <Box
      component="header"
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1,
        px: 2,
        minHeight: 44,
        bgcolor: '#17364f',
        color: '#fff',
      }}
    >
      <Box component={Link} to="/" sx={{ color: 'inherit', textDecoration: 'none' }}>
        <Typography component="span" sx={{ fontWeight: 650, fontSize: '1rem' }}>
          Gatehouse
        </Typography>
      </Box>
      {session?.sandbox === true && <SandboxLabel />}
      <Box sx={{ flex: 1 }} />
      <ThemeToggle />
      {session !== null && <PersonMenu session={session} />}
    </Box>
  );
};

const SandboxLabel = () => (
  <Tooltip title="A demo organisation: nothing here is real.">
    <Box
      component="span"
      sx={{
        px: 0.75,
        border: 1,
        borderColor: '#f0b35a',
        color: '#ffd596',
        borderRadius: 1,
        fontSize: '0.75rem',
      }}
    >
      sandbox
    </Box>
  </Tooltip>
);

const ThemeToggle = () => {
  const [, setTheme] = useTheme();
  const isDark = useMuiTheme().palette.mode === 'dark';
  const label = isDark ? 'Light colours' : 'Dark colours';
  return (
    <Tooltip title={label}>
      <IconButton
        size="small"
        color="inherit"
        aria-label={label}
        onClick={() => setTheme(isDark ? 'light' : 'dark')}
      >
        {isDark ? <LightIcon fontSize="small" /> : <DarkIcon fontSize="small" />}
      </IconButton>
    </Tooltip>
  );
};
