// The visible text of every paragraph of the Markdown on standard input, as JSON: node visible.mjs NODE_MODULES READER
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const [modules, reader] = process.argv.slice(2);
const require = createRequire(modules + "/");
const markdown = readFileSync(0, "utf8");
const fault = (what) => `<${what}>`;

function commonmark() {
  const { Parser } = require("commonmark");
  const paragraphs = [];
  let text = null;
  for (let walker = new Parser().parse(markdown).walker(), event; (event = walker.next()); ) {
    const { node, entering } = event;
    if (node.type === "paragraph") {
      if (!entering) paragraphs.push(text);
      text = entering ? "" : null;
    } else if (text !== null && entering) {
      text += node.type === "text" ? node.literal : fault(node.type);
    } else if (entering && !["document", "heading", "text", "list", "item"].includes(node.type)) {
      paragraphs.push(fault(node.type));
    }
  }
  return paragraphs;
}

function markdownIt() {
  const tokens = require("markdown-it")({ html: true, linkify: false }).parse(markdown, {});
  const known = /^(paragraph|heading|bullet_list|ordered_list|list_item)_(open|close)$/;
  const paragraphs = [];
  for (const [i, token] of tokens.entries()) {
    if (token.type !== "inline") {
      if (!known.test(token.type)) paragraphs.push(fault(token.type));
    } else if (tokens[i - 1].type === "paragraph_open") {
      paragraphs.push(token.children.map((part) => (part.type === "text" ? part.content : fault(part.type))).join(""));
    }
  }
  return paragraphs;
}

process.stdout.write(JSON.stringify(reader === "commonmark" ? commonmark() : markdownIt()));
