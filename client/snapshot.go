package client

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"strconv"
)

// maxLine bounds a line of a snapshot and an event of a stream, in bytes.
const maxLine = 16 << 20

// Snapshot is a workspace as of one moment. It must be closed.
type Snapshot struct {
	Seq   string // EPOCH-SEQ: where Events and Changes go on
	body  io.ReadCloser
	lines *bufio.Reader
}

// Entity is a line of a snapshot. Entities that the program does not know are to be ignored.
type Entity struct {
	Entity string          `json:"entity"` // project, label, member, view, task, comment …
	Data   json.RawMessage `json:"data"`   // a Project, a Label …
}

// Decode reads the data into a value of the type that belongs to the entity.
func (e Entity) Decode(into any) error { return json.Unmarshal(e.Data, into) }

// Snapshot begins to read all that the caller sees of the workspace.
//
// GET /workspaces/{ws}/snapshot, scope read.
func (w *WorkspaceClient) Snapshot(ctx context.Context, o ...CallOption) (*Snapshot, error) {
	s := &Snapshot{}
	r := request{method: http.MethodGet, path: w.path + "/snapshot", accept: "application/x-ndjson", repeat: true}
	_, err := w.c.send(ctx, r, o, func(resp *http.Response) error {
		s.body, s.lines = resp.Body, bufio.NewReaderSize(resp.Body, 64<<10)
		line, err := readLine(s.lines)
		var head struct {
			Epoch string `json:"epoch"`
			Seq   int64  `json:"seq"`
		}
		if err == nil {
			if err = json.Unmarshal(line, &head); err != nil {
				err = errUnreadable(err)
			}
		}
		if err != nil {
			resp.Body.Close()
			return err
		}
		s.Seq = head.Epoch + "-" + strconv.FormatInt(head.Seq, 10)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// All gives the entities, once. What was given before an error, which comes last, is not the whole workspace.
func (s *Snapshot) All() iter.Seq2[Entity, error] {
	return func(yield func(Entity, error) bool) {
		for {
			line, err := readLine(s.lines)
			if errors.Is(err, io.EOF) {
				return
			}
			var e Entity
			if err == nil && json.Unmarshal(line, &e) != nil {
				err = ErrUnexpected
			}
			if err != nil {
				yield(Entity{}, fmt.Errorf("client: the snapshot broke off: %w", err))
				return
			}
			if !yield(e, nil) {
				return
			}
		}
	}
}

// Close ends the reading, whether or not all was read.
func (s *Snapshot) Close() error { return s.body.Close() }

// readLine gives the next line without its end. At the end of all there is io.EOF; a line without an end is none.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line) > maxLine:
			return nil, fmt.Errorf("%w: a line is longer than 16 MiB", ErrUnexpected)
		case err == nil:
			return bytes.TrimRight(line, "\r\n"), nil
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && len(line) > 0:
			return nil, io.ErrUnexpectedEOF
		default:
			return nil, err
		}
	}
}
