/** The style sheet of a study's page: light and dark, one column on a phone, and on paper. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ink:light-dark(#1b1f24,#e4e7ea);--quiet:light-dark(#57606a,#9da7b1);
--paper:light-dark(#fff,#121518);--line:light-dark(#d5dae0,#333a41);--grid:light-dark(#eceff2,#252b31);
--axis:light-dark(#98a1ab,#5d6670);--link:light-dark(#0b5cad,#7db8f5);--wash:light-dark(#f6f7f9,#1a1e22);
--m0:light-dark(#59626d,#aab3bd);--m1:light-dark(#0068ad,#5cacef);--m2:light-dark(#c85200,#f58f4c);
--m3:light-dark(#00815d,#3fc79a);--m4:light-dark(#a8457f,#e691c3);--m5:light-dark(#8f6a00,#d9b542);
--m6:light-dark(#5b50c8,#a79ff7);--m7:light-dark(#0f7f95,#5bc8da);--m8:light-dark(#84552a,#cb9f76);
--m9:light-dark(#bd2549,#fb7f98);
/* on images, which are dark in both */--label:#ffd43b;--ftn:#4dabf7;--stn:#f269d5;--hard:#f269d5}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:72rem;padding:1.5rem 1rem 4rem;background:var(--paper);color:var(--ink);
font:16px/1.55 system-ui,sans-serif}
header,.text{max-width:46rem}
h1{font-size:1.7rem;line-height:1.2;margin:.2rem 0 .8rem;font-weight:650}
h2{font-size:1.2rem;line-height:1.3;margin:0 0 .8rem;font-weight:650}
h3{font-size:1rem;margin:1.2rem 0 .4rem;font-weight:600}
p{margin:.5rem 0}a{color:var(--link)}
section{border-top:1px solid var(--line);margin-top:2.2rem;padding-top:1.2rem}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1rem;margin:1rem 0 0;padding:0;font-size:.9rem}
figure{margin:1rem 0 1.8rem}
figcaption{color:var(--quiet);font-size:.875rem;max-width:46rem}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,340px),1fr));gap:1.2rem 1rem}
.chart{display:block;max-width:100%;height:auto;font-family:system-ui,sans-serif;
font-variant-numeric:tabular-nums}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;margin:0 0 .8rem;padding:0;
font-size:.875rem}
.legend i{display:inline-block;width:1.5em;margin-right:.45em;vertical-align:.25em}
.legend i.dot{width:.6em;height:.6em;border-radius:50%;vertical-align:.05em}
.scroll{overflow-x:auto;/* a shadow where there is more, which the end of the table covers */background:
linear-gradient(to left,var(--paper) 35%,transparent) 100% 0/3rem 100% no-repeat local,
linear-gradient(to left,light-dark(#0004,#fff4),transparent) 100% 0/1rem 100% no-repeat scroll}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.9rem}
.caption{font-weight:600;font-size:.9rem;margin:0 0 .4rem}
th,td{text-align:right;padding:.3rem .8rem;font-weight:400;white-space:nowrap;vertical-align:top}
thead th{white-space:normal;vertical-align:bottom;color:var(--quiet);font-size:.94em;
border-top:1.5px solid var(--ink);border-bottom:1px solid var(--axis)}
tbody tr:last-child>*{border-bottom:1.5px solid var(--ink)}
th:first-child{text-align:left;position:sticky;left:0;background:var(--paper);padding-left:0}
td small{display:block;line-height:1.25;color:var(--quiet);font-size:.85em}b{font-weight:700}
.cases{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,320px),1fr));gap:1rem}
.case,.strip figure{margin:0;min-width:0}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:4px}
.case svg,.strip svg{display:block;width:100%;height:auto;background:#000}
.case figcaption,.strip figcaption{margin-top:.3rem;font-size:.8rem}
.outline{fill:none;stroke-width:1.4px;vector-effect:non-scaling-stroke}
.outline.label{stroke:var(--label);stroke-width:3.4px}.outline.ftn{stroke:var(--ftn)}
.outline.stn{stroke:var(--stn)}.outline.hard{stroke:var(--hard)}
.strip{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(22%,120px),1fr));gap:.6rem}
.mask{display:block;width:100%;height:26px;image-rendering:pixelated;border:1px solid var(--line)}
.mask.square{aspect-ratio:1;height:auto;max-width:72px}
pre{background:var(--wash);border:1px solid var(--line);padding:.7rem .9rem;font-size:.82rem;
line-height:1.45;white-space:pre-wrap;overflow-wrap:anywhere}
summary{cursor:pointer}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.2rem;margin:.8rem 0}
dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}
@media (max-width:480px){th,td{padding:.3rem .5rem}tbody th{white-space:normal;max-width:7.2rem}
dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}
@media print{:root{color-scheme:light;font-size:11px}body{max-width:none;padding:0;font-size:1rem}nav{display:none}
section,figure.table,.chart,.case,.strip figure{break-inside:avoid}section{break-inside:auto}
.scroll{overflow:visible}table{font-size:.86rem}th,td{padding:.2rem .4rem}}
`;
