package tasks

import (
	"strings"
	"unicode/utf8"
)

// Range is a part of a text: from its first to behind its last UTF-16 code unit, which is how JavaScript counts.
type Range [2]int

// Excerpt is a part of a text that shows why it was found.
type Excerpt struct {
	Field  string  `json:"field" enum:"description,body" doc:"What it is a part of: the task's description or the comment's body."`
	Text   string  `json:"text" doc:"The Markdown as it stands there, up to some 240 characters of it."`
	Ranges []Range `json:"ranges" nullable:"false" doc:"The words found: [start, end) in UTF-16 code units of text, in their order."`
	Before bool    `json:"before" doc:"There is more in front of it."`
	After  bool    `json:"after" doc:"There is more behind it."`
}

const (
	maxRanges    = 50  // in one text
	excerptLead  = 60  // bytes in front of the first word found, about
	excerptBytes = 300 // in all, about
)

// span is a part of a text in bytes.
type span struct{ from, to int }

// spans gives where the terms stand in a text, without overlaps, at most limit of them.
func (t Terms) spans(text string, limit int) []span {
	var out []span
	eachWord(text, func(w []byte, from, to int) bool {
		for i := range t {
			if !t[i].is(w) {
				continue
			}
			if n := len(out); n > 0 && from < out[n-1].to {
				out[n-1].to = max(to, out[n-1].to)
			} else {
				out = append(out, span{from, to})
			}
			break
		}
		return len(out) <= limit
	})
	return out[:min(limit, len(out))]
}

// Ranges gives where the terms stand in a text.
func (t Terms) Ranges(text string) []Range { return inUnits(text, t.spans(text, maxRanges)) }

// inUnits turns bytes into UTF-16 code units.
func inUnits(text string, spans []span) []Range {
	out := make([]Range, len(spans))
	at, units := 0, 0
	to := func(end int) int {
		units += unitsOf(text[at:end])
		at = end
		return units
	}
	for i, s := range spans {
		out[i][0] = to(s.from)
		out[i][1] = to(s.to)
	}
	return out
}

// unitsOf counts UTF-16 code units; a byte that is no UTF-8 is one, as in the JSON that it is sent in.
func unitsOf(s string) (n int) {
	for _, r := range s {
		if n++; r > 0xffff {
			n++
		}
	}
	return n
}

// Excerpt gives a part of a text around the first place where one of the terms stands, nil if none does.
func (t Terms) Excerpt(field, text string) *Excerpt {
	first := t.spans(text, 1)
	if len(first) == 0 {
		return nil
	}
	from := edge(text, first[0].from-excerptLead, first[0].from)
	to := len(text)
	if end := max(from+excerptBytes, first[0].to); end < len(text) {
		to = end
		if i := strings.LastIndexAny(text[first[0].to:end], " \n\t"); i >= 0 {
			to = first[0].to + i
		}
		for to < len(text) && !utf8.RuneStart(text[to]) {
			to++
		}
	}
	part := text[from:to]
	e := &Excerpt{Field: field, Text: part, Before: from > 0, After: to < len(text)}
	e.Ranges = t.Ranges(part)
	return e
}

// edge gives a place near at, not behind limit, where a word begins, or else a character.
func edge(text string, at, limit int) int {
	if at <= 0 {
		return 0
	}
	if i := strings.IndexAny(text[at:limit], " \n\t"); i >= 0 {
		return at + i + 1
	}
	for at < limit && !utf8.RuneStart(text[at]) {
		at++
	}
	return at
}
