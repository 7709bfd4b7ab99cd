package load

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"

	"github.com/google/uuid"
)

// snapshot is what is read of a workspace as of one moment.
type snapshot struct {
	epoch    string
	seq      int64
	tasks    []taskNow
	comments map[uuid.UUID]string
}

type taskNow struct {
	ID      uuid.UUID `json:"id"`
	Version int64     `json:"version"`
	Title   string    `json:"title"`
	Status  uuid.UUID `json:"status"`
	Project uuid.UUID `json:"project"`
}

// snapshot reads the workspace.
func (m *member) snapshot(ctx context.Context, p *pool) (s snapshot, err error) {
	a, err := m.ask(ctx, p, "GET", m.path("/snapshot"), nil, func(a answer, r io.Reader) error {
		if a.status != 200 {
			return decode(nil)(a, r)
		}
		return s.read(r)
	})
	return s, expect(a, err, 200)
}

func (s *snapshot) read(r io.Reader) error {
	*s = snapshot{comments: map[uuid.UUID]string{}}
	in := bufio.NewReader(r)
	for first := true; ; first = false {
		text, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) && len(text) == 0 {
			if first {
				return io.ErrUnexpectedEOF
			}
			return nil
		}
		if err != nil {
			return err
		}
		var line struct {
			Epoch  string          `json:"epoch"`
			Seq    int64           `json:"seq"`
			Entity string          `json:"entity"`
			Data   json.RawMessage `json:"data"`
		}
		if err := json.Unmarshal(text, &line); err != nil {
			return err
		}
		switch {
		case first:
			s.epoch, s.seq = line.Epoch, line.Seq
		case line.Entity == "task":
			var t taskNow
			if err := json.Unmarshal(line.Data, &t); err != nil {
				return err
			}
			s.tasks = append(s.tasks, t)
		case line.Entity == "comment":
			var c struct {
				ID   uuid.UUID `json:"id"`
				Body string    `json:"body"`
			}
			if err := json.Unmarshal(line.Data, &c); err != nil {
				return err
			}
			s.comments[c.ID] = c.Body
		}
	}
}

// told is an event with the values that are written here.
type told struct {
	event
	Data struct {
		Title  *string    `json:"title"`
		Status *uuid.UUID `json:"status"`
		Body   *string    `json:"body"`
	} `json:"data"`
}

// history reads what has happened since the first of the team came, up to the end, and how far that is.
func (m *member) history(ctx context.Context, p *pool) (all []told, upTo int64, err error) {
	position := m.room.basePosition()
	for {
		var page struct {
			Items []told `json:"items"`
			Seq   string `json:"seq"`
		}
		a, err := m.ask(ctx, p, "GET", m.path("/changes?limit=1000&since=", position), nil, decode(&page))
		if err = expect(a, err, 200); err != nil {
			return nil, 0, err
		}
		all = append(all, page.Items...)
		if page.Seq == position { // nothing new: this was the end
			seq, err := seqOf(position)
			return all, seq, err
		}
		position = page.Seq
	}
}
