"""All changes in one program, and one of them chosen when it runs ("mutant schemata").

Of each function that is changed the copy has the sound body and, beside it, the body once more for each change. So a change
is what cargo-mutants says, letter by letter, and whether it can be compiled depends on nothing but itself.
"""
import tree_sitter
import tree_sitter_rust

PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_rust.language()))


class Text:
    """A source file, with the places that cargo-mutants (lines and letters) and tree-sitter (bytes) speak of as offsets."""

    def __init__(self, text):
        self.text = text
        self.lines = [0]
        for line in text.split("\n"):
            self.lines.append(self.lines[-1] + len(line) + 1)
        self.root = PARSER.parse(text.encode()).root_node

    def at(self, place):
        return self.lines[place["line"] - 1] + place["column"] - 1

    def span(self, mutant):
        return self.at(mutant["span"]["start"]), self.at(mutant["span"]["end"])

    def offset(self, point):
        line = self.text[self.lines[point.row] : self.lines[point.row + 1]]
        return self.lines[point.row] + len(line.encode()[: point.column].decode())

    def start(self, node):
        return self.offset(node.start_point)

    def end(self, node):
        return self.offset(node.end_point)

    def around(self, start, end):
        """The nodes that hold this part, the smallest first."""
        found, node = [], self.root
        while node is not None:
            found.insert(0, node)
            node = next((n for n in node.children if self.start(n) <= start and end <= self.end(n)), None)
        return found


def bare(node, field):
    """An expression that stands where a block could."""
    inner = node.child_by_field_name(field)
    return inner if inner is not None and inner.type != "block" else None


class Switched:
    """A file with all its changes in it. `numbers` gives each mutant its number, `place` makes a number for a place."""

    def __init__(self, text, mutants, numbers, place):
        self.source = Text(text)
        self.inserted = []  # (offset, order, text, the mutant whose body it is)
        self.removed = []  # (start, end)
        self.places = {}  # mutant: the place that has to be reached for it to make a difference
        self.constant = []  # mutants in constants, which are reckoned when the program is built
        self.place, self.known = place, {}
        functions = {}
        for mutant in mutants:
            around = self.source.around(*self.source.span(mutant))
            function = next((n for n in around if n.type == "function_item"), None)
            if function is None:
                self.constant.append(mutant["name"])
                continue
            body = function.child_by_field_name("body")
            functions.setdefault(body.start_byte, (function, body, []))[2].append(mutant)
            self.places[mutant["name"]] = self.mark(around, body)
        for function, body, found in functions.values():
            self.switch(function, body, found, numbers)

    def mark(self, around, body):
        """Puts a mark before the statement, or around the arm or closure, in which something is changed."""
        inner = None
        for node in around:
            if node.type == "block" and inner is not None:
                while inner.prev_named_sibling is not None and inner.prev_named_sibling.type == "attribute_item":
                    inner = inner.prev_named_sibling
                return self.marked(self.source.start(inner), None)
            if node.id == body.id:
                break
            if node.type in ("match_arm", "closure_expression") and inner is not None:
                field = bare(node, "value" if node.type == "match_arm" else "body")
                if field is not None and field.id == inner.id:
                    return self.marked(self.source.start(inner), self.source.end(inner))
            inner = node
        return self.marked(self.source.start(body) + 1, None)

    def marked(self, start, end):
        if start not in self.known:
            self.known[start] = number = self.place()
            mark = f"crate::mutation::reach({number});"
            self.inserted.append((start, 2, "{ " * (end is not None) + mark, None))
            if end is not None:
                self.inserted.append((end, 0, " }", None))
        return self.known[start]

    def switch(self, function, body, mutants, numbers):
        source = self.source
        start, end = source.start(body) + 1, source.end(body) - 1
        before, after = "{", "}"
        kind = function.child_by_field_name("return_type")
        kind = "" if kind is None else source.text[source.start(kind) : source.end(kind)]
        if kind.startswith("impl "):
            # Each body would be of another hidden type.
            bounds = " + ".join(part for part in kind.removeprefix("impl ").split(" + ") if not part.startswith("use<"))
            before, after = f"::std::convert::identity::<Box<dyn {bounds}>>(Box::new({{", "}))"
        modifiers = next((n for n in function.children if n.type == "function_modifiers"), None)
        if modifiers is not None:
            self.removed.append((source.start(modifiers), source.end(modifiers)))
        self.inserted.append((start, 1, " match crate::mutation::chosen() {\n", None))
        for mutant in mutants:
            first, last = source.span(mutant)
            changed = source.text[start:first] + mutant["replacement"] + source.text[last:end]
            self.inserted.append((start, 1, f"{numbers[mutant['name']]} => {before}{changed}{after},\n", mutant["name"]))
        self.inserted.append((start, 1, f"_ => {before}", None))
        self.inserted.append((end, 1, f"{after} }}", None))

    def render(self):
        """The text, and of each mutant the lines of its body."""
        out, lines, at, line = [], {}, 0, 1
        edits = [(start, order, number, start, text, mutant) for number, (start, order, text, mutant) in enumerate(self.inserted)]
        edits += [(start, 0, -1, end, "", None) for start, end in self.removed]
        for start, _, _, end, text, mutant in sorted(edits):
            kept = self.source.text[at:start]
            out += [kept, text]
            line += kept.count("\n")
            if mutant is not None:
                lines[mutant] = (line, line + text.count("\n") - 1)
            line += text.count("\n")
            at = end
        return "".join(out) + self.source.text[at:], lines
