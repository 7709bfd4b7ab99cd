package tasks

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// activityDoc is the wire format of a line of a task's story.
type activityDoc struct {
	Seq      int64           `json:"seq"`
	Type     string          `json:"type"`
	At       Time            `json:"at"`
	Actor    Actor           `json:"actor"`
	Entity   string          `json:"entity"`
	EntityID uuid.UUID       `json:"entity_id"`
	Before   json.RawMessage `json:"before,omitempty" doc:"The changed fields' values before."`
	After    json.RawMessage `json:"after,omitempty" doc:"Their values after."`
}

// appendActivity writes a line as encoding/json would.
func appendActivity(b []byte, a *activityDoc) []byte {
	b = append(b, `{"seq":`...)
	b = strconv.AppendInt(b, a.Seq, 10)
	b = append(b, `,"type":`...)
	b = appendString(b, a.Type)
	b = append(b, `,"at":"`...)
	b = time.Time(a.At).AppendFormat(b, timeFormat)
	b = append(b, `","actor":`...)
	b = appendActor(b, &a.Actor)
	b = append(b, `,"entity":`...)
	b = appendString(b, a.Entity)
	b = append(b, `,"entity_id":"`...)
	b = appendID(b, a.EntityID)
	b = append(b, '"')
	if len(a.Before) > 0 {
		b = append(append(b, `,"before":`...), a.Before...)
	}
	if len(a.After) > 0 {
		b = append(append(b, `,"after":`...), a.After...)
	}
	return append(b, '}')
}

// ActivityDoc is the wire format of a line of a task's story, for documentation and for those who decode it.
type ActivityDoc = activityDoc

// ScrubActivity is a line of a story without the values that it told of, for stores that purge; false if it is not about
// the thing with that id.
func ScrubActivity(line []byte, about uuid.UUID) ([]byte, bool) {
	var doc activityDoc
	if json.Unmarshal(line, &doc) != nil || doc.EntityID != about {
		return nil, false
	}
	doc.Before, doc.After = nil, nil
	out, err := marshal(doc)
	return out, err == nil
}

// departure is a task's leaving of a project.
type departure struct {
	Project uuid.UUID `json:"p"`
	Version int64     `json:"v"` // of the task when it had left
}

// arrived is the version since which a task was nowhere but in projects that the reader sees or saw, 0 if it always was.
// What it said before is not for her: whoever took it out of a private project showed what it said then, and no more.
func (a *Access) arrived(m meta) int64 {
	for _, d := range slices.Backward(m.Left) {
		if !a.Sees(d.Project) && !a.sawDeleted(d.Project) {
			return d.Version
		}
	}
	return 0
}

// Activity lists what happened to a task, the last first. What happened while it was in a project that the caller can't
// see is left out, and so are relations to tasks that she can't see; a page may be shorter than asked for.
func (s *Service) Activity(ctx context.Context, c Caller, ws uuid.UUID, task string, of PageOf) (Page, error) {
	var page Page
	limit, err := of.limit()
	if err != nil {
		return page, err
	}
	before, err := parseCursor("activity", of.Cursor)
	if err != nil {
		return page, err
	}
	from := NoDue
	if before != nil {
		from = before.Number
	}
	head, err := s.read(ctx, c, ws, func(v View, a *Access) error {
		t, err := findAny(v, a, task)
		if err != nil {
			return err
		}
		m, err := metaOf(t)
		if err != nil {
			return err
		}
		since := a.arrived(m)
		lines, err := v.Activity(t.ID, from, true, limit+1)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(lines, func(l Activity) bool { return l.Seq < since }); i >= 0 {
			lines = lines[:i]
		}
		if len(lines) > limit {
			lines = lines[:limit]
			page.Next = cursor("activity", Position{Number: lines[limit-1].Seq})
		}
		for _, l := range lines {
			doc, err := told(v, a, t.ID, l, since)
			if err != nil {
				return err
			}
			if doc != nil {
				page.Items = append(page.Items, doc)
			}
		}
		return nil
	})
	page.Head = head
	return page, err
}

// told gives a line of a task's story as its reader may know it, nil if she may not.
func told(v View, a *Access, task uuid.UUID, l Activity, since int64) ([]byte, error) {
	if l.Seq == since { // where it came from is not for her
		line, err := decode[activityDoc](l.Doc)
		if err != nil {
			return nil, err
		}
		line.Before = nil
		return marshal(line)
	}
	if !bytes.Contains(l.Doc, []byte(`"entity":"relation"`)) { // which no text can hold: its quotes would be escaped
		return l.Doc, nil
	}
	line, err := decode[activityDoc](l.Doc)
	if err != nil {
		return nil, err
	}
	r, err := v.Get(KindRelation, line.EntityID)
	if err != nil || r == nil {
		return nil, err
	}
	far := r.Scope
	if far == task {
		far = r.Other
	}
	o, err := v.Get(KindTask, far)
	if err != nil || o == nil || !a.Sees(o.Task.Project) && !a.sawDeleted(o.Task.Project) {
		return nil, err
	}
	return l.Doc, nil
}
