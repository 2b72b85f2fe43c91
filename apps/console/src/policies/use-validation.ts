import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { PolicyValidation } from '../api/types.js';
import { useApi } from '../shared/use-api.js';

const TYPING_MS = 350;

export interface Validation {
  /** The newest answer, maybe about the text of a moment ago. */
  result: PolicyValidation | undefined;
  /** Whether the answer is about the text as it stands. */
  isCurrent: boolean;
  error: Error | null;
}

/** Has the API check a text as one types, as a version of this policy or of a new one. */
export function useValidation(text: string, policyId: string | null): Validation {
  const { validatePolicy } = useApi();
  const [asked, setAsked] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['policies', 'validate', policyId, asked],
    queryFn: ({ signal }) => validatePolicy({ policyId, text: asked }, signal),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  const isCurrent = asked === text && data !== undefined && !isPlaceholderData;
  return { result: data, isCurrent, error };
}
