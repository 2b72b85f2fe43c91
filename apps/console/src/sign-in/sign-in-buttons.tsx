import { Box, Button } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { get } from '../api/request.js';
import type { SignInProvider } from '../api/types.js';
import { Loading } from '../shared/states.js';

// What every installation has; also when the list of the others cannot be had.
const DEFAULT_PROVIDER = 'default';

const addressOf = (provider: string, returnTo: string): string => {
  const query = new URLSearchParams({
    ...(provider === DEFAULT_PROVIDER ? {} : { provider }),
    returnTo,
  });
  return `/api/sign-in?${query.toString()}`;
};

/** One button for each identity provider; with only one it needs no name. */
export const SignInButtons = ({ returnTo }: { returnTo: string }) => {
  const { data, isPending } = useQuery({
    queryKey: ['sign-in', 'providers'],
    queryFn: ({ signal }) => get<{ items: SignInProvider[] }>('/sign-in/providers', { signal }),
  });
  if (isPending) return <Loading what="the ways to sign in" />;
  const providers = data?.items ?? [];
  if (providers.length <= 1) {
    return (
      <Button
        variant="contained"
        size="large"
        href={addressOf(providers[0]?.id ?? DEFAULT_PROVIDER, returnTo)}
      >
        Sign in with your company account
      </Button>
    );
  }
  return (
    <Box sx={{ display: 'grid', gap: 1 }}>
      {providers.map(({ id, label }) => (
        <Button key={id} variant="contained" size="large" href={addressOf(id, returnTo)}>
          Sign in with {label}
        </Button>
      ))}
    </Box>
  );
};
