import { HighlightStyle } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { MONOSPACE } from '../theme.js';

type Mode = 'light' | 'dark';

const COLORS = {
  light: {
    text: '#1b2128',
    back: '#ffffff',
    gutter: '#f4f6f8',
    faint: '#51606e',
    line: '#eef2f6',
    select: '#cfe0f2',
    wrong: '#fdeceb',
    key: '#1f4e79',
    atom: '#8a3c00',
  },
  dark: {
    text: '#e4e8ec',
    back: '#1a2027',
    gutter: '#151a20',
    faint: '#a5b1bd',
    line: '#222a33',
    select: '#2d4a68',
    wrong: '#45201f',
    key: '#8ab8e6',
    atom: '#f0b35a',
  },
} as const;

export const editorTheme = (mode: Mode): Extension => {
  const colors = COLORS[mode];
  return EditorView.theme(
    {
      '&': { color: colors.text, backgroundColor: colors.back, fontSize: '13px' },
      '&.cm-focused': { outline: `2px solid ${colors.key}`, outlineOffset: '-1px' },
      '.cm-scroller': {
        fontFamily: MONOSPACE,
        lineHeight: '1.5',

        overflow: 'auto',
      },
      '.cm-content': { caretColor: colors.text },
      '.cm-cursor': { borderLeftColor: colors.text },
      '.cm-gutters': { backgroundColor: colors.gutter, color: colors.faint, border: 'none' },
      '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: colors.line },
      '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
        { backgroundColor: colors.select },
      '.cm-wrongLine': { backgroundColor: colors.wrong },
      '.cm-tooltip': { backgroundColor: colors.back, color: colors.text },
    },
    { dark: mode === 'dark' },
  );
};

export const editorHighlight = (mode: Mode): HighlightStyle => {
  const colors = COLORS[mode];
  return HighlightStyle.define([
    { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: colors.key },
    { tag: [tags.string, tags.content], color: colors.text },
    { tag: [tags.bool, tags.number, tags.atom, tags.keyword], color: colors.atom },
    { tag: tags.comment, color: colors.faint, fontStyle: 'italic' },
    { tag: tags.meta, color: colors.faint },
  ]);
};
