// @ts-check
/** @import { Editor } from '../model/editor.js' */
import { useEffect } from '../vendor/hooks.mjs';

/**
 * The keyboard shortcuts.
 * @param {Editor} editor
 * @param {Actions} act
 * @returns {Shortcut[]}
 */
export function shortcutsOf(editor, act) {
  /** @param {Editor['tool']} name */
  const tool = name => () => editor.set({ tool: name });
  /** @param {number} by */
  const brush = by => () => editor.set({ brush: Math.max(2, Math.min(120, editor.brush + by)) });
  const discard = () => {
    if (editor.draft.points.length > 0) editor.draft.clear();
    else if (editor.hasPrompt) editor.clear();
    else editor.release();
  };
  return [
    { keys: ['f'], shown: ['F'], text: 'hold the picture, or return to live', run: act.toggle },
    { keys: ['a'], shown: ['A'], text: 'include: click the object', run: tool('include') },
    { keys: ['x'], shown: ['X'], text: 'exclude: click outside the object', run: tool('exclude') },
    { keys: ['b'], shown: ['B'], text: 'draw a box', run: tool('box') },
    { keys: ['p'], shown: ['P'], text: 'paint', run: tool('paint') },
    { keys: ['e'], shown: ['E'], text: 'erase', run: tool('erase') },
    { keys: ['g'], shown: ['G'], text: 'draw a zone', run: tool('zone') },
    { keys: ['l'], shown: ['L'], text: 'draw a line', run: tool('line') },
    { keys: ['['], shown: ['[', ']'], text: 'smaller or larger brush', run: brush(-4) },
    { keys: [']'], run: brush(4) },
    { keys: ['z', 'ctrl+z'], shown: ['Z'], text: 'undo', run: () => editor.undo() },
    { keys: ['c', 'ctrl+enter'], shown: ['C'], text: 'confirm; also Ctrl and Enter', run: act.confirm },
    { keys: ['escape'], shown: ['Esc'], text: 'discard what is drawn, then return to live', run: discard },
    { keys: ['s'], shown: ['S'], text: 'download the picture', run: act.snapshot },
    { keys: ['w'], shown: ['W'], text: 'show what the network processes', run: () => editor.set({ showsWindows: !editor.showsWindows }) },
    { keys: ['k'], shown: ['K'], text: 'next camera', run: act.nextCamera },
    { keys: ['t'], shown: ['T'], text: 'colours: system, light, dark', run: act.nextTheme },
    { keys: ['?'], shown: ['?'], text: 'this help', run: act.help },
  ];
}

/**
 * Handles shortcuts, except in text fields and while a dialog is open.
 * @param {Shortcut[]} shortcuts
 * @param {boolean} single whether single-letter shortcuts are enabled
 */
export function useKeys(shortcuts, single) {
  useEffect(() => {
    /** @param {KeyboardEvent} e */
    const listen = e => {
      if (e.defaultPrevented || e.altKey || document.querySelector('dialog[open]')) return;
      const writes = /** @type {Element} */ (e.target).closest('input:not([type=range], [type=checkbox], [type=color]), select, textarea');
      const key = `${e.ctrlKey || e.metaKey ? 'ctrl+' : ''}${e.key.toLowerCase()}`;
      if (writes && key !== 'ctrl+enter' && key !== 'escape') return;
      if (key.length === 1 && !single) return;
      const shortcut = shortcuts.find(s => s.keys.includes(key));
      if (!shortcut) return;
      e.preventDefault();
      shortcut.run();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  });
}
