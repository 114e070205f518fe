/** The console's sheet: one file, both themes, phone first. */
export const css = `
@font-face{font-family:"Instrument Sans";src:url(/console/font.woff2) format("woff2");font-weight:400 700;font-display:swap}
:root{color-scheme:light dark;--paper:#f7f5f1;--card:#fff;--ink:#1b2430;--ink-2:#55606e;--line:#e4e0d8;--line-2:#cfc8bb;--brand:#1f3a5f;--brand-ink:#fff;--accent:#a8492a;--ok:#17663f;--ok-bg:#e3f3e9;--option:#8a5200;--option-bg:#fdf0d8;--preresv:#27509b;--preresv-bg:#e5edfb;--resv:#6b3a86;--resv-bg:#f2e8f7;--grey:#545b66;--grey-bg:#eceef1;--other:#0f6670;--other-bg:#def1f3}
@media(prefers-color-scheme:dark){:root{--paper:#14181e;--card:#1b2128;--ink:#eceef1;--ink-2:#b3bbc6;--line:#2b333d;--line-2:#46515e;--brand:#9db9e0;--brand-ink:#10151b;--accent:#eb9b7c;--ok:#86dcae;--ok-bg:#163527;--option:#f5c57a;--option-bg:#3a2c12;--preresv:#a5c3fa;--preresv-bg:#1c2d4c;--resv:#d9b3ec;--resv-bg:#37234a;--grey:#b6bec9;--grey-bg:#2a313a;--other:#8fdbe3;--other-bg:#12363b}}
*{box-sizing:border-box;margin:0}
body{font:15px/1.5 "Instrument Sans",system-ui,sans-serif;background:var(--paper);color:var(--ink);font-variant-numeric:tabular-nums}
a{color:var(--brand)}:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
header{background:var(--card);border-bottom:1px solid var(--line);padding:12px 20px;display:flex;flex-wrap:wrap;gap:6px 18px;align-items:baseline}
header b{font-size:17px;letter-spacing:-.01em}header span{color:var(--ink-2);font-size:13.5px}header nav{margin-left:auto;display:flex;gap:16px}
main{max-width:1080px;margin:0 auto;padding:22px 20px 60px}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--card);padding:6px 10px;z-index:1}
h1{font-size:25px;line-height:1.2;letter-spacing:-.02em;margin:2px 0 4px}h2{font-size:16.5px;margin:0 0 10px}
.crumb,.note{color:var(--ink-2);font-size:13.5px}.lede{color:var(--ink-2);margin-bottom:18px}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:16px 18px;margin-bottom:16px}
.grid{display:grid;gap:16px;grid-template-columns:repeat(auto-fill,minmax(280px,1fr))}.grid .card{margin:0}
.tile{display:block;text-decoration:none;color:inherit;padding:0;overflow:hidden}.tile img{display:block;width:100%;height:auto;aspect-ratio:16/9;object-fit:cover}.tile div{padding:12px 16px}.tile b{display:block}.tile:hover{border-color:var(--line-2)}
table{width:100%;border-collapse:collapse;font-size:14px}th{text-align:left;font-weight:500;color:var(--ink-2);font-size:13px}th,td{padding:9px 10px;border-bottom:1px solid var(--line)}tr:last-child td{border:0}.r{text-align:right;white-space:nowrap}
.badge{display:inline-block;border-radius:99px;padding:1px 10px;font-weight:600;font-size:13px;white-space:nowrap;color:var(--other);background:var(--other-bg)}
.LIBRE{color:var(--ok);background:var(--ok-bg)}.OPTION{color:var(--option);background:var(--option-bg)}.PRERESV{color:var(--preresv);background:var(--preresv-bg)}.RESV{color:var(--resv);background:var(--resv-bg)}.BLOQUE,.retire{color:var(--grey);background:var(--grey-bg)}
.flash{border-left:4px solid var(--ok);background:var(--ok-bg);padding:11px 14px;border-radius:0 8px 8px 0;margin-bottom:16px}.flash.bad{border-color:var(--accent);background:var(--option-bg)}
form{display:flex;flex-wrap:wrap;gap:10px 12px;align-items:end}form+form,.stack>*+*{margin-top:12px}
label{display:block;font-size:13.5px;font-weight:500;flex:1 1 150px}input,select{display:block;width:100%;font:inherit;color:inherit;background:var(--card);border:1px solid var(--line-2);border-radius:8px;padding:8px 10px;margin-top:4px;min-height:42px}
button{font:inherit;font-weight:600;min-height:42px;border-radius:8px;padding:8px 15px;border:1px solid var(--line-2);background:var(--card);color:var(--ink);cursor:pointer}button.main{background:var(--brand);border-color:var(--brand);color:var(--brand-ink)}button.care{color:var(--accent)}
dl{display:grid;grid-template-columns:auto 1fr;gap:4px 16px;font-size:14px}dt{color:var(--ink-2)}dd{margin:0;font-weight:500}
.filters{margin-bottom:14px}.two{display:grid;gap:16px;grid-template-columns:1fr}
@media(min-width:860px){.two{grid-template-columns:1.25fr 1fr;align-items:start}}
@media(max-width:640px){main{padding:16px 14px 50px}.lots thead{display:none}.lots tr{display:grid;grid-template-columns:1fr auto;padding:9px 0;border-bottom:1px solid var(--line)}.lots td{border:0;padding:2px 0}.lots td:nth-child(2){grid-row:2}.lots td:nth-child(3){grid-area:2/2}.lots td:nth-child(4){grid-area:1/2;text-align:right}button{flex:1 1 auto}}
`;
