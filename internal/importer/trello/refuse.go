package trello

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/rung-app/rung/internal/fault"
)

// maxDepth is how deep anything that is passed over may be nested; boards stay below ten.
const maxDepth = 1000

const howTo = " In Trello, open the board's menu, choose Print, export and share, then Export as JSON."

// The refusals, each one sentence (and what to do) for whoever chose the file.
var (
	errEmpty    = unreadable("The file is empty." + howTo)
	errHTML     = unreadable("This is a web page, not a Trello export; perhaps Trello asked to log in when it was saved." + howTo)
	errPacked   = unreadable("This file is compressed; unpack it and import the board's JSON file inside.")
	errCSV      = unreadable("This is not JSON; Rung needs Trello's JSON export, not CSV." + howTo)
	errEncoding = unreadable("This file is not in UTF-8, as Trello writes it, so something has rewritten it." + howTo)
	errCutOff   = unreadable("The file ends in the middle; please export or upload it again.")
	errBroken   = unreadable("This is not valid JSON, so it is no whole Trello export." + howTo)
	errTrailing = unreadable("Something follows the board in this file; please export it again.")
	errNotBoard = unreadable("This JSON is not a Trello board: it has no lists and cards." + howTo)
	errTooDeep  = unreadable("This JSON is nested deeper than any Trello export.")
	errTooMany  = fault.New(fault.KindTooLarge, "import-too-large", "The board holds more entries than Rung imports from one file.")
	errTooLarge = fault.New(fault.KindTooLarge, "import-too-large", "The file is larger than Rung imports.")
)

func unreadable(sentence string) *fault.Error {
	return fault.New(fault.KindInvalid, "import-unreadable", sentence)
}

// sniff looks at how the file begins and leaves the reader at the JSON object.
func sniff(in *bufio.Reader) error {
	if start, _ := in.Peek(3); bytes.Equal(start, []byte("\xef\xbb\xbf")) {
		_, _ = in.Discard(3)
	}
	for {
		start, err := in.Peek(2)
		if len(start) == 0 {
			if errors.Is(err, io.EOF) {
				return errEmpty
			}
			return err
		}
		switch start[0] {
		case ' ', '\t', '\r', '\n':
			_, _ = in.Discard(1)
			continue
		case '{':
			return nil
		case '[':
			return errNotBoard
		case '<':
			return errHTML
		case 0x1f, 'P':
			if string(start) == "PK" || string(start) == "\x1f\x8b" {
				return errPacked
			}
		case 0xfe, 0xff:
			return errEncoding
		}
		return errCSV
	}
}

// refusal turns whatever stopped the reading into what the caller is told.
func refusal(err error) error {
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	if _, ok := errors.AsType[*json.SyntaxError](err); ok {
		return errBroken.With(err)
	}
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errCutOff
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	}
	return fmt.Errorf("reading a Trello export: %w", err)
}

// bounded reads at most left bytes and then refuses, where io.LimitReader would make the file look cut off.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, errTooLarge
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return n, errTooLarge
	}
	return n, err
}
