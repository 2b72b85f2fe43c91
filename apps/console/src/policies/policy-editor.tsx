import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { Box } from '@mui/material';
import { useTheme } from '@mui/material/styles';
import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react';
import type { PolicyProblem } from '../api/types.js';
import { cspNonce } from '../csp-nonce.js';
import { diagnosticsOf, errorLines } from './editor-problems.js';
import { editorHighlight, editorTheme } from './editor-theme.js';

export interface PolicyEditorHandle {
  /** Moves the cursor there and the focus to the text. */
  goTo: (line: number, column: number) => void;
  /** Changes the text so that the cursor stands at the end of what is new. */
  setText: (text: string) => void;
}

const look = new Compartment();

/** A policy's text with line numbers and its problems marked in place. */
export const PolicyEditor = ({
  initialText,
  label,
  onChange,
  problems,
  isReadOnly = false,
  startsAtEnd = false,
  ref,
}: {
  /** What it starts with; afterwards the editor is the one who knows. */
  initialText: string;
  label: string;
  onChange?: (text: string) => void;
  problems: readonly PolicyProblem[];
  isReadOnly?: boolean;
  /** What is new stands at the end of the text, so it is shown first. */
  startsAtEnd?: boolean;
  ref?: Ref<PolicyEditorHandle>;
}) => {
  const place = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<EditorView | null>(null);
  const changed = useRef(onChange);
  const mode = useTheme().palette.mode;

  useEffect(() => {
    changed.current = onChange;
  }, [onChange]);

  useEffect(() => {
    if (place.current === null) return undefined;
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: initialText,
        extensions: [
          EditorView.cspNonce.of(cspNonce()),
          lineNumbers(),
          lintGutter(),
          history(),
          drawSelection(),
          yaml(),
          indentUnit.of('  '),
          errorLines,
          EditorView.lineWrapping,
          // Tab stays the way out of the text, for those who use no mouse.
          keymap.of([...defaultKeymap, ...historyKeymap]),
          EditorView.contentAttributes.of({
            'aria-label': label,
            spellcheck: 'false',
            tabindex: '0',
          }),
          isReadOnly
            ? EditorState.readOnly.of(true)
            : [highlightActiveLine(), highlightActiveLineGutter()],
          look.of([]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed.current?.(update.state.doc.toString());
          }),
        ],
      }),
    });
    if (startsAtEnd) {
      const anchor = editor.state.doc.length;
      editor.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor) });
    }
    setView(editor);
    return () => {
      editor.destroy();
      setView(null);
    };
  }, [initialText, label, isReadOnly, startsAtEnd]);

  useEffect(() => {
    view?.dispatch({
      effects: look.reconfigure([editorTheme(mode), syntaxHighlighting(editorHighlight(mode))]),
    });
  }, [view, mode]);

  useEffect(() => {
    view?.dispatch(setDiagnostics(view.state, diagnosticsOf(view.state.doc, problems)));
  }, [view, problems]);

  useImperativeHandle(ref, () => ({
    goTo: (line, column) => {
      if (view === null) return;
      const at = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
      const anchor = Math.min(at.from + Math.max(column, 1) - 1, at.to);
      view.dispatch({ selection: { anchor }, scrollIntoView: true });
      view.focus();
    },
    setText: (text) => {
      if (view === null) return;
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        selection: { anchor: text.length },
        scrollIntoView: true,
      });
      view.focus();
    },
  }));

  return (
    <Box
      ref={place}
      sx={{
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        overflow: 'hidden',
        '& .cm-scroller': { maxHeight: isReadOnly ? '46vh' : '62vh' },
        '& .cm-content, & .cm-gutter': { minHeight: isReadOnly ? 0 : 300 },
      }}
    />
  );
};
