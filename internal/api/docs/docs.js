"use strict";

// Draws openapi.json. Text goes in as text, never as markup.
const element = (tag, props, ...children) => {
  const e = Object.assign(document.createElement(tag), props);
  e.append(...children);
  return e;
};

const byId = (id) => document.getElementById(id);
const last = (ref) => ref.slice(ref.lastIndexOf("/") + 1);

// typeOf writes a schema in a line; what it refers to becomes a link.
const typeOf = (s) => {
  if (!s) return ["nothing"];
  if (s.$ref) return [element("a", { href: "#schema-" + last(s.$ref) }, last(s.$ref))];
  for (const key of ["oneOf", "anyOf"]) {
    if (s[key]) return s[key].flatMap((one, i) => (i ? [" or ", ...typeOf(one)] : typeOf(one)));
  }
  const name = Array.isArray(s.type) ? s.type.join(" or ") : s.type || "any";
  if (s.items) return ["list of ", ...typeOf(s.items)];
  const notes = [s.format, s.enum && s.enum.join(" | ")].filter(Boolean).join(", ");
  return [notes ? `${name} (${notes})` : name];
};

const fields = (schema) => {
  const rows = Object.entries(schema.properties || {}).map(([name, s]) =>
    element("tr", {},
      element("td", {}, element("code", {}, name), (schema.required || []).includes(name) ? " *" : ""),
      element("td", {}, ...typeOf(s)),
      element("td", {}, ...(s.description ? text(s.description) : []))));
  return element("table", {}, ...rows);
};

// text writes a description: paragraphs, and lines that begin with a dash as a list. `Code` is code.
const text = (description) => {
  const words = (line) => line.split("`").map((part, i) => (i % 2 ? element("code", {}, part) : part));
  return description.split(/\n\n/).map((part) => {
    const lines = part.split("\n");
    return lines.every((l) => l.startsWith("- "))
      ? element("ul", {}, ...lines.map((l) => element("li", {}, ...words(l.slice(2)))))
      : element("p", {}, ...words(lines.join(" ").replaceAll("**", "")));
  });
};

const example = (media) => {
  if (media.example === undefined) return [];
  const shown = typeof media.example === "string" ? media.example : JSON.stringify(media.example, null, 2);
  return [element("pre", { tabIndex: 0 }, shown)];
};

const content = (title, part) => {
  const out = [], alike = new Map(); // the types of a file, of which nothing else is to be said
  for (const [type, media] of Object.entries((part && part.content) || {})) {
    const all = JSON.stringify(media);
    alike.set(all, [...(alike.get(all) || []), type]);
  }
  for (const [all, types] of alike) {
    const media = JSON.parse(all);
    const schema = media["x-itemSchema"] || media.schema;
    out.push(element("h4", {}, `${title} (${types.join(", ")})`));
    if (media.schema && media.schema.description) out.push(...text(media.schema.description));
    out.push(element("div", {}, ...(media["x-itemSchema"] ? ["each piece: "] : []), ...typeOf(schema)));
    if (schema && schema.properties) out.push(fields(schema));
    out.push(...example(media));
  }
  return out;
};

// answers writes what an operation answers; refusals stand in a chapter of their own.
const answers = (op) => {
  const out = [], refusals = [];
  for (const [status, r] of Object.entries(op.responses || {})) {
    if (r.$ref) {
      if (status !== "default") refusals.push(element("a", { href: "#answer-" + last(r.$ref) }, status), " ");
      continue;
    }
    const written = content("Answer " + status, r);
    out.push(...(written.length ? written : [element("h4", {}, `Answer ${status}: ${r.description}`)]));
    const headers = Object.keys(r.headers || {}).filter((h) => !/^(X-Request-Id|RateLimit)/.test(h));
    if (headers.length) out.push(element("p", { className: "soft" }, "With the headers " + headers.join(", ")));
  }
  if (refusals.length) out.push(element("h4", {}, "Refusals"), element("p", {}, ...refusals));
  return out;
};

// at is the whole path: what a client asks for, and what can be copied.
const at = (path, op, spec) => ((op.servers || spec.servers || [])[0]?.url || "").replace(/\/$/, "") + path;

const operation = (path, method, op) => {
  const scopes = (op.security || []).flatMap((s) => s.bearer || []);
  const inner = element("div", { className: "inner" });
  if (op.description) inner.append(...text(op.description));
  inner.append(element("p", {}, scopes.length ? "Scope: " + scopes.join(", ") : "Public"));
  if (op.parameters) {
    inner.append(element("h4", {}, "Parameters"), element("table", {}, ...op.parameters.map((p) =>
      element("tr", {},
        element("td", {}, element("code", {}, p.name), p.required ? " *" : ""),
        element("td", {}, p.in),
        element("td", {}, ...typeOf(p.schema)),
        element("td", {}, p.description || "", ...(p.example === undefined ? [] : [" ", element("code", { className: "soft" }, String(p.example))]))))));
  }
  inner.append(...content("Request", op.requestBody));
  inner.append(...answers(op));
  return element("details", { id: op.operationId },
    element("summary", {},
      element("span", { className: "method" }, method.toUpperCase()),
      element("span", { className: "path" }, path),
      element("span", { className: "what" }, op.summary || "")),
    inner);
};

const draw = (spec) => {
  byId("about").append(...text(spec.info.description));
  const chapters = new Map();
  for (const [path, methods] of Object.entries(spec.paths || {})) {
    for (const [method, op] of Object.entries(methods)) {
      if (!op.responses) continue;
      const name = (op.tags || ["other"])[0];
      if (!chapters.has(name)) chapters.set(name, []);
      chapters.get(name).push(operation(at(path, op, spec), method, op));
    }
  }
  for (const [name, operations] of [...chapters].sort()) {
    byId("chapters").append(element("a", { href: "#chapter-" + name }, name));
    byId("operations").append(element("h2", { id: "chapter-" + name }, name), ...operations);
  }
  byId("chapters").append(element("a", { href: "#refusals-title" }, "Refusals"), element("a", { href: "#schemas-title" }, "Schemas"));
  for (const [name, r] of Object.entries((spec.components || {}).responses || {})) {
    const headers = Object.keys(r.headers || {});
    byId("refusals").append(element("details", { id: "answer-" + name },
      element("summary", {}, element("span", { className: "path" }, name), element("span", { className: "what" }, r.description)),
      element("div", { className: "inner" }, ...content("Answer", r), ...(headers.length ? [element("p", { className: "soft" }, "With the headers " + headers.join(", "))] : []))));
  }
  for (const [name, schema] of Object.entries((spec.components || {}).schemas || {}).sort()) {
    byId("schemas").append(element("details", { id: "schema-" + name },
      element("summary", {}, element("span", { className: "path" }, name)),
      element("div", { className: "inner" }, fields(schema))));
  }
};

// open shows what the address points at.
const open = () => {
  const target = byId(decodeURIComponent(location.hash.slice(1)));
  if (target && target.tagName === "DETAILS") target.open = true;
  if (target) target.scrollIntoView();
};

const load = async () => {
  try {
    const answer = await fetch(document.querySelector("script[data-spec]").dataset.spec);
    if (!answer.ok) throw new Error("status " + answer.status);
    draw(await answer.json());
    byId("state").remove();
    open();
  } catch (err) {
    byId("state").textContent = "The document could not be loaded: " + err.message;
  }
};

addEventListener("hashchange", open);
load();
