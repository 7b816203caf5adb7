/** How the page looks, on light and dark, wide and narrow screens, and on paper. */

export const STYLE = `
:root { color-scheme: light dark; --bg: #fff; --fg: #1b1f24; --soft: #57606a; --line: #d0d7de; --panel: #f6f8fa;
  --green: #116329; --green-bg: #dafbe1; --yellow: #7d4e00; --yellow-bg: #fff3c4; --blue: #0b5394; --blue-bg: #ddf0ff;
  --red: #a40e26; --red-bg: #ffebe9; }
@media (prefers-color-scheme: dark) {
  :root { --bg: #0d1117; --fg: #e6edf3; --soft: #9da7b3; --line: #30363d; --panel: #161b22; --green: #56d364;
    --green-bg: #12361f; --yellow: #e3b341; --yellow-bg: #3a2d08; --blue: #79c0ff; --blue-bg: #0c2d4d; --red: #ff8f88;
    --red-bg: #4b1113; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 90rem; padding: 1rem 1.5rem 4rem; background: var(--bg); color: var(--fg);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: .5rem 0; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
p, ul { margin: .25rem 0 .5rem; } ul { padding-left: 1.25rem; } a { color: var(--blue); }
nav a { margin-right: 1rem; }
code, pre { font: 13px/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code { overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0; }
table { border-collapse: collapse; width: 100%; } th, td { padding: .35rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
tr:last-child td { border-bottom: 0; } th { background: var(--panel); font-weight: 600; white-space: nowrap; }
.badge { display: inline-block; padding: 0 .5em; border-radius: 1em; background: var(--panel); border: 1px solid var(--line); white-space: nowrap; font-size: .85em; }
.rewrite, .rewritten, .done, .clean { background: var(--green-bg); color: var(--green); border-color: transparent; }
.review, .part, .medium { background: var(--yellow-bg); color: var(--yellow); border-color: transparent; }
.keep, .kept, .open, .low { background: var(--blue-bg); color: var(--blue); border-color: transparent; }
.failed, .high, .violation { background: var(--red-bg); color: var(--red); border-color: transparent; }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; margin: .5rem 0; }
label { display: grid; font-size: .85em; color: var(--soft); }
input, select, button { font: inherit; color: var(--fg); background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: .25rem .5rem; }
details { margin: .25rem 0; } summary { cursor: pointer; }
pre.diff { overflow-x: auto; margin: .25rem 0; padding: .5rem 0; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; }
.diff span { display: inline-block; min-width: 100%; padding: 0 .75rem; }
.diff .add { background: var(--green-bg); } .diff .del { background: var(--red-bg); } .diff .hunk { color: var(--blue); } .diff .head { color: var(--soft); }
.bar { display: flex; height: .75rem; border-radius: 6px; overflow: hidden; background: var(--panel); border: 1px solid var(--line); }
.bar span { background: var(--green); }
[hidden] { display: none !important; }
@media print { form { display: none; } .scroll, pre.diff { overflow: visible; } }
`;
