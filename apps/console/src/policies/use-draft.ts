import { useEffect, useState } from 'react';

interface Draft {
  text: string;
  setText: (text: string) => void;
  /** The text is one that was begun earlier and left. */
  isRestored: boolean;
  discard: () => void;
}

/** A text that survives a reload, or a session that ends while somebody writes. */
export function useDraft(key: string, initial: string): Draft {
  const [found] = useState(() => sessionStorage.getItem(key));
  const [text, setText] = useState(found ?? initial);
  useEffect(() => {
    if (text === initial) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  }, [key, text, initial]);
  return {
    text,
    setText,
    isRestored: found !== null && found !== initial,
    discard: () => sessionStorage.removeItem(key),
  };
}
