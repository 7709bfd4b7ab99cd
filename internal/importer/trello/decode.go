package trello

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"

	"github.com/rung-app/rung/internal/importer/plan"
)

// decoder reads a board's JSON member by member, so that a big file costs the memory of what is kept of it.
type decoder struct {
	ctx   context.Context
	json  *json.Decoder
	left  int // items that may still come
	board *board
}

func decode(ctx context.Context, r io.Reader, o Options) (*board, error) {
	in := bufio.NewReader(&utf8Only{r: &bounded{r: r, left: o.MaxBytes}})
	if err := sniff(in); err != nil {
		return nil, refusal(err)
	}
	d := &decoder{ctx: ctx, json: json.NewDecoder(in), left: o.MaxItems, board: &board{history: newHistory()}}
	d.json.UseNumber() // or a number that is passed over could be refused for its size
	if err := d.read(); err != nil {
		return nil, refusal(err)
	}
	return d.board, nil
}

func (d *decoder) read() error {
	var lists, cards bool
	if _, err := d.json.Token(); err != nil { // the brace that sniff saw
		return err
	}
	for d.json.More() {
		key, err := d.json.Token()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		lists = lists || name == "lists"
		cards = cards || name == "cards"
		if err := d.member(name); err != nil {
			return err
		}
	}
	if _, err := d.json.Token(); err != nil { // the closing brace
		return err
	}
	if _, err := d.json.Token(); !errors.Is(err, io.EOF) {
		if err == nil {
			return errTrailing
		}
		return err
	}
	if !lists || !cards {
		return errNotBoard
	}
	return nil
}

func (d *decoder) member(name string) error {
	b := d.board
	switch name {
	case "id":
		return d.value(&b.ID)
	case "name":
		return d.value(&b.Name)
	case "desc":
		return d.value(&b.Desc)
	case "url":
		return d.value(&b.URL)
	case "shortUrl":
		return d.value(&b.ShortURL)
	case "closed":
		return d.value(&b.closed)
	case "lists":
		return each(d, func(l list) { keep(d, &b.lists, l, l.ID) })
	case "cards":
		return each(d, func(c card) {
			d.left -= len(c.Attachments) + len(c.CustomFields) + len(c.IDLabels) + len(c.IDMembers)
			keep(d, &b.cards, c, c.ID)
		})
	case "labels":
		return each(d, func(l label) { keep(d, &b.labels, l, l.ID) })
	case "members":
		return each(d, func(m member) { keep(d, &b.members, m, m.ID) })
	case "checklists":
		return each(d, func(c checklist) {
			d.left -= len(c.Items)
			keep(d, &b.checklists, c, c.ID)
		})
	case "customFields":
		return each(d, func(f customField) { keep(d, &b.customFields, f, f.ID) })
	case "actions":
		return each(d, b.history.add)
	case "memberships":
		return each(d, func(m struct {
			MemberType string `json:"memberType"`
		},
		) {
			if m.MemberType != "" && m.MemberType != "normal" {
				b.roles++
			}
		})
	case "pluginData":
		return each(d, func(struct{}) { b.pluginData++ })
	default:
		return d.skip()
	}
}

// value decodes the next value; one of another type than Trello's is passed over and counted.
func (d *decoder) value(into any) error {
	err := d.json.Decode(into)
	if _, odd := errors.AsType[*json.UnmarshalTypeError](err); odd {
		d.board.odd++
		return nil
	}
	return err
}

// each decodes an array and hands over its entries; null is an empty one. What of an entry can't be read is left out
// of it and counted.
func each[T any](d *decoder, take func(T)) error {
	open, err := d.json.Token()
	if err != nil {
		return err
	}
	if open == nil {
		return nil
	}
	if open != json.Delim('[') {
		return errNotBoard
	}
	for d.json.More() {
		if err := d.ctx.Err(); err != nil {
			return err
		}
		var entry T
		if err := d.value(&entry); err != nil {
			return err
		}
		take(entry)
		if d.left--; d.left < 0 {
			return errTooMany
		}
	}
	_, err = d.json.Token()
	return err
}

func keep[T any](d *decoder, into *[]T, entry T, id string) {
	if id == "" || len(id) > plan.MaxID/2 { // half, since some IDs are made of one and a suffix
		d.board.anonymous++
		return
	}
	*into = append(*into, entry)
}

// skip passes over the next value without holding it.
func (d *decoder) skip() error {
	for depth := 0; ; {
		token, err := d.json.Token()
		if err != nil {
			return err
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
		if depth > maxDepth {
			return errTooDeep
		}
	}
}
