import { lazy, Suspense } from 'react';
import { Loading } from '../shared/states.js';

// The editor is the console's largest part, so it is fetched only where a text is shown.
const PolicyEditor = lazy(async () => ({
  default: (await import('./policy-editor.js')).PolicyEditor,
}));

const NO_PROBLEMS = [] as const;

/** A policy's text to read. */
export const PolicyText = ({ text, label }: { text: string; label: string }) => (
  <Suspense fallback={<Loading what="the text" />}>
    <PolicyEditor initialText={text} label={label} problems={NO_PROBLEMS} isReadOnly />
  </Suspense>
);
