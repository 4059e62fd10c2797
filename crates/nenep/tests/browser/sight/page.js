// What every page keeps to, asked inside the page. `check` names the part; every part answers with faults.
const [check, width] = arguments;
const all = (css, in_ = document) => [...in_.querySelectorAll(css)];
const seen = e => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
const called = e => `${e.tagName.toLowerCase()}${e.id && "#" + e.id}${[...e.classList].map(c => "." + c).join("")} “${(e.textContent || e.value || "").trim().slice(0, 40)}”`;
// In the order of the page, what the keyboard must reach: of a group of radio buttons one.
const stops = () => {
    const groups = new Set();
    return all("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']").filter(e => {
        if (e.disabled || e.tabIndex < 0 || !seen(e)) return false;
        if (e.type !== "radio") return true;
        const group = all(`input[type=radio][name="${CSS.escape(e.name)}"]`, e.form ?? document);
        const chosen = group.find(r => r.checked) ?? group[0];
        return e === chosen && !groups.has(group[0]) && groups.add(group[0]);
    });
};
const wide = limit => {
    const faults = [];
    const page = document.documentElement.scrollWidth;
    if (page > window.innerWidth) {
        const out = all("body *").filter(e => e.getBoundingClientRect().right > window.innerWidth + 1 && !e.closest(".scroll, .official-wide"));
        faults.push(`${page} px at ${limit}: ${out.slice(0, 4).map(called).join(", ")}`);
    }
    return faults;
};

// Tells texts apart, in 64 bits.
const mark = text => {
    let [a, b] = [0xdeadbeef, 0x41c6ce57];
    for (let i = 0; i < text.length; i++) {
        const c = text.charCodeAt(i);
        a = Math.imul(a ^ c, 2654435761);
        b = Math.imul(b ^ c, 1597334677);
    }
    return `${a >>> 0} ${b >>> 0}`;
};

const parts = {
    // What the page is, and where it leads.
    page() {
        const [way] = performance.getEntriesByType("navigation");
        const rest = performance.getEntriesByType("resource").filter(r => r.initiatorType !== "fetch");
        const main = document.querySelector("main")?.cloneNode(true);
        for (const e of main ? all("input[name=csrf]", main) : []) e.remove();
        const bones = [...new Set(all("main *").map(e => `${e.parentElement.className}>${e.tagName}.${e.className}:${e.type ?? ""}`))].sort().join("\n");
        const words = [document.title];
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) if (texts.currentNode.parentElement.tagName !== "CODE") words.push(texts.currentNode.data);
        for (const e of all("[aria-label], [title], [alt], [placeholder]"))
            words.push(e.ariaLabel ?? "", e.title ?? "", e.alt ?? "", e.placeholder ?? "");
        for (const e of all("[data-label], [data-words]")) words.push(...Object.values(e.dataset));
        const text = words.join("\n");
        const faults = [];
        if (/\{ ?\$/.test(text)) faults.push(`a hole in a message: ${text.match(/.*\{ ?\$.*/)[0]}`);
        for (const [css, what] of [["h1", "title"], ["main", "main part"], ["header.top", "header"], ["footer.bottom", "footer"]])
            if (all(css).length !== 1) faults.push(`${all(css).length} of ${what}`);
        const main_buttons = all("main .button.main").filter(seen).length;
        if (main_buttons > 1 && location.pathname !== "/design") faults.push(`${main_buttons} main buttons`);
        const ids = new Set();
        for (const e of all("[id]")) ids.has(e.id) ? faults.push(`twice: #${e.id}`) : ids.add(e.id);
        for (const e of all("[aria-describedby], label[for]"))
            for (const id of (e.getAttribute("aria-describedby") ?? e.htmlFor).split(" "))
                if (!ids.has(id)) faults.push(`${called(e)} names #${id}, which is not there`);
        for (const e of all("a[href^='#']")) if (!ids.has(e.hash.slice(1))) faults.push(`${called(e)} leads to ${e.hash}, which is not there`);
        if (way.decodedBodySize > 100_000) faults.push(`${way.decodedBodySize} bytes of HTML`);
        const sent = [way, ...rest].reduce((sum, r) => sum + r.encodedBodySize + 300, 0);
        // What the first paint waits for: on a line of 50 kB a second that answers after 0.4 s, it comes within 1.5 s.
        const before = rest.filter(r => r.renderBlockingStatus === "blocking");
        const waits = [way, ...before].reduce((sum, r) => sum + r.encodedBodySize, 0);
        if (before.length > 2 || waits > 36_000) faults.push(`the first paint waits for ${before.length} files and ${waits} bytes`);
        if (sent > 100_000) faults.push(`${sent} bytes travel`);
        return {
            status: way.responseStatus, lang: document.documentElement.lang, bytes: way.decodedBodySize, sent,
            keys: [...new Set(text.match(/[a-z]+(?:-[a-z0-9]+)+/g) ?? [])], main: mark(main?.innerHTML ?? ""), bones: mark(bones), faults,
            links: all("a[href]").map(a => a.getAttribute("href")).filter(h => h.startsWith("/")).map(h => h.split("#")[0]),
        };
    },
    // Nothing is wider than the window, in usual letters and in letters twice as large.
    width() {
        const usual = wide(`${width} px`);
        if (width === 768) return usual;
        document.documentElement.style.fontSize = "225%";
        const large = wide(`${width} px, letters of 200 %`);
        document.documentElement.style.fontSize = "";
        return [...usual, ...large];
    },
    // On paper: no way to other pages, nothing to press, nothing cut off.
    print() {
        const faults = all("nav, button, .button, header.top, footer.bottom, .skip").filter(seen).map(e => `on paper: ${called(e)}`);
        // A page whose tables are wide is printed across.
        const paper = getComputedStyle(document.querySelector("main")).page === "across" ? 1047 : width;
        document.body.style.width = `${paper}px`;
        const out = all("main *").filter(e => seen(e) && !e.closest("svg, option, datalist") && e.getBoundingClientRect().right > paper + 1);
        if (out.length) faults.push(`wider than paper: ${out.slice(0, 3).map(e => called(e) + " " + Math.round(e.getBoundingClientRect().right)).join(", ")}`);
        document.body.style.width = "";
        return faults.slice(0, 4);
    },
    // Makes ready to hear where Tab leads; answers how many stops there are.
    listen() {
        window.stopsHere = stops();
        window.heard = [];
        document.addEventListener("focusin", e => window.heard.push(window.stopsHere.indexOf(e.target)));
        // From the start of the page, wherever the page put the focus.
        document.body.tabIndex = -1;
        document.body.focus({ preventScroll: true });
        document.body.removeAttribute("tabindex");
        window.heard = [];
        return window.stopsHere.length;
    },
    // Tab led to every stop in the order of the page, and each one shows that the keyboard is on it.
    keyboard() {
        const faults = [];
        const came = window.heard.filter(at => at >= 0);
        for (let at = 0; at < Math.min(window.stopsHere.length, width); at++)
            if (came[at] !== at) {
                faults.push(`Tab leads to ${came[at] === undefined ? "nothing" : called(window.stopsHere[came[at]])} where ${called(window.stopsHere[at])} stands`);
                break;
            }
        for (const e of window.stopsHere.slice(0, width)) {
            e.focus();
            const around = e.closest(".boxes label") ?? e;
            const style = getComputedStyle(around);
            if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) faults.push(`no focus to be seen: ${called(e)}`);
            const r = around.getClientRects()[0];
            const [x, y] = [(Math.max(r.left, 0) + Math.min(r.right, innerWidth)) / 2, (Math.max(r.top, 0) + Math.min(r.bottom, innerHeight)) / 2];
            const over = document.elementFromPoint(x, y);
            if (!over || !(around.contains(over) || over.contains(around))) faults.push(`covered: ${called(e)} by ${over ? called(over) : "the edge"}`);
        }
        document.activeElement.blur();
        return faults.slice(0, 4);
    },
};
return parts[check]();
