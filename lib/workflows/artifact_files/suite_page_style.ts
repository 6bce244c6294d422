/** The style sheet of a suite's page: light and dark, and one column on a phone. */
export const SUITE_PAGE_STYLE = `
:root{color-scheme:light dark;--ink:light-dark(#1a1d21,#e6e8ea);--quiet:light-dark(#5c6570,#9aa4af);
--paper:light-dark(#fff,#14171a);--card:light-dark(#f4f5f7,#1e2226);--line:light-dark(#d9dde2,#343a41);
--link:light-dark(#0b5cad,#7db8f5)}
*{box-sizing:border-box}
body{margin:0 auto;max-width:76rem;padding:1rem;background:var(--paper);color:var(--ink);
font:16px/1.5 system-ui,sans-serif}
h1{font-size:1.5rem;margin:.25rem 0}h2{display:inline;font-size:1.15rem;margin:0}
p{margin:.4rem 0}a{color:var(--link)}
.quiet{color:var(--quiet)}
.key{margin-right:.8rem;white-space:nowrap}.key i{display:inline-block;width:.8em;height:.8em;
border-radius:2px;margin-right:.35em}
#outline{position:absolute;opacity:0}
.switch{display:inline-block;padding:.15rem .7rem;border:1px solid var(--line);border-radius:1rem;
cursor:pointer;margin-right:.8rem;user-select:none}
#outline:checked~header .switch{background:var(--link);border-color:var(--link);color:var(--paper)}
#outline:focus-visible~header .switch{outline:3px solid var(--link);outline-offset:2px}
#outline:not(:checked)~main .outline{display:none}
.table{overflow-x:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.25rem 1rem .25rem 0;border-bottom:1px solid var(--line);
font-weight:400}
thead th{color:var(--quiet);font-size:.9rem}
.set{margin:1.2rem 0;border-top:1px solid var(--line);padding-top:.6rem}
.set>summary{cursor:pointer;padding:.2rem 0}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,22rem),1fr));gap:1rem;
margin-top:.8rem}
figure{margin:0;background:var(--card);border:1px solid var(--line);border-radius:8px;
padding:.6rem;content-visibility:auto;contain-intrinsic-size:auto 16rem;min-width:0}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:.4rem}
.view{position:relative;background:#000}
.view img,.view svg{position:absolute;inset:0;width:100%;height:100%}
.shared{position:absolute;width:0;height:0}
.outline{fill:none;stroke-width:1.4px}
path{fill:none;vector-effect:non-scaling-stroke}
figcaption{font-size:.88rem;margin-top:.5rem}
figcaption details{color:var(--quiet)}figcaption summary{cursor:pointer}
code{font-size:.78rem;overflow-wrap:anywhere}
`;
