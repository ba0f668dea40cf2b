/// The style sheet of the report: a handful of colors and sizes, light, dark and on paper.
///
/// Letters have a contrast of at least 4.5 : 1 with what they stand on, lines and areas that carry meaning 3 : 1.
enum ReportStyle {
    static let rules = variables + page + figures + lists + paper

    private static let variables = """
        :root{color-scheme:light dark;--paper:#f4f5f7;--card:#fff;--ink:#171b22;--soft:#545c69;--line:#e1e4e9;
        --accent:#0b6e69;--tint:#e3f1f0;--stress:#b43a11;--stress-tint:#b43a1122;--stripe:#8b93a04d;--key:#6b7280;
        --frame:#5b918e;
        --l1:#14804a;--l2:#1f6fb2;--l3:#9a6b00;--l4:#b9560a;--l5:#c53a28;--l6:#9c2219;
        --angry:#d13438;--disgust:#5b8a2f;--fear:#7a4fd0;--happy:#b27a00;--sad:#2f6fe0;--surprise:#d0570c;
        --neutral:#6b7a8c}
        @media screen and (prefers-color-scheme:dark){:root{--paper:#0e1116;--card:#171b22;--ink:#eceff4;--soft:#a4adba;
        --line:#2b313b;--accent:#4fd1c5;--tint:#14302f;--stress:#ff9466;--stress-tint:#ff946633;--stripe:#8b93a059;
        --key:#98a2b0;--frame:#3f9089;--l1:#45c983;--l2:#5fb0f0;--l3:#e3b341;--l4:#f2964a;--l5:#ff7b6b;--l6:#f0645a;
        --angry:#ff6b6f;--disgust:#8fc45a;--fear:#b294ff;--happy:#f2c14e;--sad:#6ba3ff;--surprise:#ff9a57;
        --neutral:#9fb0c3}}

        """

    private static let page = """
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,
        "Helvetica Neue",sans-serif;-webkit-text-size-adjust:100%;overflow-wrap:anywhere}
        main,footer{max-width:64rem;margin:0 auto;padding:clamp(.75rem,3vw,2rem)}
        main{display:grid;gap:clamp(.75rem,2vw,1.25rem)}main>*{min-width:0}
        .card{background:var(--card);border:1px solid var(--line);border-radius:16px;padding:clamp(1.1rem,3vw,2rem)}
        h1{font-size:clamp(1.6rem,4.5vw,2.4rem);line-height:1.15;letter-spacing:-.02em;margin:.2rem 0 .35rem}
        h2{font-size:1.25rem;letter-spacing:-.01em;line-height:1.3;margin:0}
        h3{font-size:.95rem;margin:1.2rem 0 .4rem}p{margin:.4rem 0}
        .eyebrow{color:var(--accent);font-size:.8rem;font-weight:600;letter-spacing:.04em;margin:0}
        .meta,.lead,.note,.evidence,.when{color:var(--soft)}.lead{margin:.15rem 0 1rem}
        .note,.evidence,.when{font-size:.875rem}
        .verdict{display:grid;grid-template-columns:auto 1fr;gap:clamp(1.2rem,4vw,2.5rem);align-items:center;
        margin:1.5rem 0}
        .dial{width:clamp(8.5rem,20vw,11rem);display:block}
        .dial circle{fill:none;stroke-width:11;stroke-linecap:round}.dial .track{stroke:var(--line)}
        .dial .value{stroke:currentColor}.dial .range-arc{stroke:var(--key);stroke-width:3;stroke-linecap:butt}.dial text{text-anchor:middle;fill:var(--ink)}
        .dial .number{font-size:38px;font-weight:700;letter-spacing:-.03em}.dial .of{font-size:12px;fill:var(--soft)}
        .level{font-size:1.5rem;font-weight:700;letter-spacing:-.01em;margin:0;display:flex;align-items:center;
        gap:.6rem}
        .message{color:var(--soft);margin:0 0 .6rem}.plain{font-size:1.05rem;max-width:38rem;margin:0}
        .dot{width:.7em;height:.7em;border-radius:50%;background:currentColor;flex:none}
        .limits{border-left:3px solid var(--accent);background:var(--tint);border-radius:0 10px 10px 0;
        padding:.8rem 1rem;font-size:.9rem}
        .level-1{color:var(--l1)}.level-2{color:var(--l2)}.level-3{color:var(--l3)}.level-4{color:var(--l4)}
        .level-5{color:var(--l5)}.level-6{color:var(--l6)}
        .angry{--c:var(--angry)}.disgust{--c:var(--disgust)}.fear{--c:var(--fear)}.happy{--c:var(--happy)}
        .sad{--c:var(--sad)}.surprise{--c:var(--surprise)}.neutral{--c:var(--neutral)}.signal{--c:var(--accent)}
        footer{color:var(--soft);font-size:.85rem;padding-top:0}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1.2rem;margin:0 0 .8rem}dd{margin:0}
        code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.8rem}

        """

    private static let figures = """
        svg{display:block}.plot{overflow:visible}
        .grid,.base{stroke:var(--line);stroke-width:1}
        .curve{display:grid;grid-template-columns:7.6rem 1fr;gap:.6rem;margin:0}.levels{overflow:visible}
        .levels text{text-anchor:end}.levels text,.tick,.gap-label{font-size:11.5px;fill:var(--soft)}
        .flag,.gap-label{paint-order:stroke;stroke:var(--card);stroke-width:4px;stroke-linejoin:round}
        .tick{text-anchor:middle;font-variant-numeric:tabular-nums}.tick.first{text-anchor:start}
        .tick.last{text-anchor:end}.gap-label{text-anchor:middle;font-size:12px;font-weight:600}
        .range{fill:var(--accent);fill-opacity:.2;stroke:var(--frame);stroke-width:1;vector-effect:non-scaling-stroke}
        .frames{fill:none;stroke:var(--frame);stroke-width:4;stroke-linecap:round;vector-effect:non-scaling-stroke}
        .interval{fill:var(--accent);fill-opacity:.1}.mean-line{stroke:var(--accent);stroke-width:1.25;stroke-dasharray:8 4}
        .smooth{fill:none;stroke:var(--accent);stroke-width:2.5;stroke-linejoin:round;stroke-linecap:round;
        vector-effect:non-scaling-stroke}
        .stripe{fill:var(--stripe)}.drop-span{fill:var(--stress-tint)}
        .drop-disc{fill:var(--stress);stroke:var(--card);stroke-width:2}
        .drop-number{font-size:11px;font-weight:700;text-anchor:middle;fill:var(--card)}
        .question line{stroke:var(--ink);stroke-width:1.25;stroke-dasharray:3 4}
        .flag{font-size:12px;font-weight:700;fill:var(--ink)}.flag.late{text-anchor:end}
        .multiple{display:grid;grid-template-columns:5.6rem 1fr 3.4rem;gap:.75rem;align-items:center;padding:.3rem 0}
        .multiple.axis{padding:0}.name{display:flex;align-items:center;gap:.5rem;font-size:.925rem}
        .swatch{width:.7rem;height:.7rem;border-radius:3px;background:var(--c);flex:none}
        .lane{fill:var(--line)}.mark{fill:var(--accent)}.strip{padding:.1rem 0}.strip .name{white-space:nowrap}
        .strips .multiple{grid-template-columns:5.9rem 1fr 3rem}
        .area{fill:var(--c);stroke:var(--c);stroke-width:1;vector-effect:non-scaling-stroke}.mean{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums;font-size:.925rem}
        .mix,.stack{display:flex;height:.6rem;border-radius:99px;overflow:hidden;background:var(--line);gap:1px}
        .mix{margin-top:.9rem}.mix i{background:var(--c)}.mix-words{font-size:.875rem;margin:.35rem 0}
        .stack{height:1rem}.bar{height:.5rem;border-radius:99px;background:var(--line);overflow:hidden}
        .bar i{display:block;height:100%;border-radius:99px;background:currentColor}
        .whisker{display:block;height:3px;margin-top:3px;border-radius:2px;background:var(--key);min-width:3px}
        .analysed{background:var(--accent)}.poor{background:var(--frame)}.unusable{background:var(--stress)}
        .no-face{background:repeating-linear-gradient(45deg,var(--key) 0 3px,transparent 3px 6px)}
        .other{background:var(--stress);opacity:.6}
        .occluded{background:repeating-linear-gradient(90deg,var(--key) 0 3px,transparent 3px 5px)}
        .fallback{background:repeating-linear-gradient(0deg,var(--key) 0 2px,transparent 2px 4px)}
        .key{display:inline-block;width:.9rem;height:.9rem;border-radius:3px;flex:none}
        .key.line{height:.2rem;background:var(--accent)}
        .key.range{background:color-mix(in srgb,var(--accent) 20%,transparent);border:1px solid var(--frame)}
        .key.dot{width:.45rem;height:.45rem;border-radius:50%;background:var(--frame)}
        .key.disc{border-radius:50%;background:var(--stress)}
        .key.dash{width:0;border-radius:0;border-left:2px dashed var(--ink)}
        .key.interval{background:color-mix(in srgb,var(--accent) 14%,transparent);border-top:2px dashed var(--accent)}
        .key.dots{background:radial-gradient(var(--key) 1.2px,transparent 1.6px) 0 0/5px 5px}
        .key.stripes{background:repeating-linear-gradient(45deg,var(--key) 0 2px,transparent 2px 5px)}

        """

    private static let lists = """
        ul,ol{padding:0;margin:0;list-style:none}
        .legend{display:flex;flex-wrap:wrap;gap:.3rem 1.25rem;margin:.6rem 0;font-size:.875rem;color:var(--soft)}
        .legend li{display:flex;align-items:center;gap:.5rem}
        .events{counter-reset:drop;display:grid;gap:.45rem}
        .events li{counter-increment:drop;padding-left:2rem;position:relative}
        .events li::before{content:counter(drop);position:absolute;left:0;top:.1rem;width:1.35rem;height:1.35rem;
        border-radius:50%;background:var(--stress);color:var(--card);font-size:.75rem;font-weight:700;display:grid;
        place-items:center}
        .parts{display:grid;grid-template-columns:repeat(3,1fr);gap:1rem}
        .part{border:1px solid var(--line);border-radius:12px;padding:1rem 1.1rem;min-width:0}.part h3{margin:0}
        .figure{font-size:2.1rem;font-weight:700;letter-spacing:-.03em;line-height:1.2;margin:.2rem 0;
        font-variant-numeric:tabular-nums}
        .change{font-size:.875rem;font-weight:500;letter-spacing:0;color:var(--soft);margin-left:.6rem}
        .level-line{display:flex;align-items:center;gap:.5rem;margin:0}
        .questions{display:grid;gap:1.2rem}
        .question-head{display:flex;gap:.75rem;align-items:baseline;margin-bottom:.4rem}
        .question-number{font-weight:700;color:var(--accent)}.question-label{flex:1;font-weight:600;min-width:0}
        .moments{display:grid;grid-template-columns:1fr 1fr;gap:.75rem;margin:.6rem 0}
        .moment{display:flex;gap:.9rem;align-items:center;border:1px solid var(--line);border-radius:12px;
        padding:.7rem .9rem;min-width:0}.moment>div{display:grid;gap:.1rem;font-size:.9rem}
        .moment-name{color:var(--soft);font-size:.8rem}.moment-time{font-size:1.15rem;font-variant-numeric:tabular-nums}
        .still{width:4.5rem;height:4.5rem;object-fit:cover;border-radius:10px;flex:none;display:block}
        .findings.answer{gap:.45rem;margin:.5rem 0}.answer .sign{width:1.25rem;height:1.25rem;font-size:.7rem;
        margin-top:.15rem}
        .goal{display:flex;gap:.9rem;margin-top:.6rem}.goal p{margin:0}
        .framing{display:grid;grid-template-columns:minmax(9rem,15rem) 1fr;gap:1.5rem 2.5rem;align-items:center}
        .sketch{width:100%;height:auto;max-height:11rem}.screen{fill:var(--tint);stroke:var(--key)}
        .ideal{fill:none;stroke:var(--key);stroke-dasharray:3 3}.seen{fill:var(--accent);fill-opacity:.35;
        stroke:var(--accent);stroke-width:1.5}
        .facts{display:grid;gap:.6rem}.facts li{display:grid;grid-template-columns:1.5rem 7.5rem 1fr;gap:0 .75rem;
        align-items:baseline}.facts .sign{width:1.25rem;height:1.25rem;font-size:.7rem}.fact-name{font-weight:600}
        .facts+.multiples{margin-top:1.25rem}
        .sign.plain{background:var(--key)}
        .facts.movements{margin-top:1rem}.facts.movements li{grid-template-columns:9rem 1fr}
        .question-score{white-space:nowrap;color:var(--soft)}.question-score b{color:var(--ink);font-size:1.15rem}
        .columns{display:grid;grid-template-columns:1fr 1fr;gap:1rem 2.5rem}.columns h3{margin-top:.6rem}
        .findings{display:grid;gap:.9rem}.findings li{display:flex;gap:.75rem}.findings p{margin:.1rem 0}
        .sign{flex:none;width:1.5rem;height:1.5rem;border-radius:50%;display:grid;place-items:center;font-size:.85rem;
        font-weight:700;color:var(--card)}.sign.well{background:var(--l1)}.sign.try{background:var(--accent)}
        .tip code{white-space:nowrap}.tip{background:var(--tint);border-radius:10px;padding:.8rem 1rem;margin:.8rem 0 .4rem}
        .factor{display:grid;grid-template-columns:18rem 1fr 3.5rem;gap:1rem;align-items:center;padding:.3rem 0}
        .factor .track{position:relative;height:.9rem}.track i{position:absolute;top:0;bottom:0;border-radius:3px;
        min-width:2px}.adds{background:var(--accent)}.takes{background:var(--stress)}.starts{background:var(--key)}
        .sum{background:var(--ink)}.points{text-align:right;font-variant-numeric:tabular-nums}
        .total{border-top:1px solid var(--line);font-weight:700;margin-top:.2rem;padding-top:.5rem}
        .sessions{display:grid;gap:.5rem;margin-top:.8rem}
        .sessions li{display:grid;grid-template-columns:minmax(7rem,16rem) 1fr 2.5rem;gap:1rem;align-items:center}
        .moment:has(.still){flex-wrap:wrap;align-content:flex-start}
        @media (max-width:40rem){.verdict{grid-template-columns:1fr;justify-items:center}.words{width:100%}
        .parts,.columns,.framing{grid-template-columns:1fr}.moment{padding:.5rem .7rem}.moments{gap:.5rem}.sketch{max-width:15rem}
        .facts li{grid-template-columns:1.5rem 1fr}.facts li>:last-child{grid-column:2}
        .facts.movements li{grid-template-columns:1fr}.facts.movements li>:last-child{grid-column:1}
        .factor{grid-template-columns:8.6rem 1fr 3rem;gap:.6rem;font-size:.925rem}
        .curve{grid-template-columns:1.2rem 1fr;gap:.5rem}.level-name{display:none}
        .question-head{flex-wrap:wrap}.question-score{width:100%}dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}
        .multiple{grid-template-columns:5.2rem 1fr 3.4rem;gap:.5rem}.crowded{display:none}}
        @media (max-width:22rem){.tick:not(.first):not(.last){display:none}}
        .hidden{display:none}

        """

    private static let paper = """
        @page{size:A4;margin:14mm}
        @media print{:root{color-scheme:light}body{background:#fff;font-size:10.5pt;-webkit-print-color-adjust:exact;
        print-color-adjust:exact}main,footer{max-width:none;padding:0}.card{border:0;border-radius:0;padding:4mm 0;
        border-top:1px solid var(--line)}.hero{border-top:0}
        .part,.questions li,.moment,.goal,.framing,.answer li,.findings li,.factor,.multiple,.plot,.verdict,
        .limits,.lead,.note,.tip{break-inside:avoid}
        main,.questions{display:block}.questions li{margin-bottom:5mm}
        #goal,#parts,#framing,#explanation,#coverage,#progress{break-inside:avoid}h2,h3,.lead{break-after:avoid}
        .parts{grid-template-columns:repeat(3,1fr)}.columns{grid-template-columns:1fr 1fr}
        .verdict{grid-template-columns:auto 1fr;justify-items:start}}

        """
}
