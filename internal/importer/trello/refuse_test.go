package trello_test

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/importer/trello"
)

func TestWrongFilesAreRefusedInOneSentence(t *testing.T) {
	for name, c := range map[string]struct {
		file, says string
		kind       fault.Kind
	}{
		"empty":            {"", "is empty", fault.KindInvalid},
		"only blanks":      {" \n\t", "is empty", fault.KindInvalid},
		"a login page":     {"\n<!DOCTYPE html><html>", "web page", fault.KindInvalid},
		"zip":              {"PK\x03\x04…", "compressed", fault.KindInvalid},
		"gzip":             {"\x1f\x8b\x08…", "compressed", fault.KindInvalid},
		"CSV":              {"Card ID,Card Name\n", "not CSV", fault.KindInvalid},
		"CSV, P first":     {"Project,Card Name\n", "not CSV", fault.KindInvalid},
		"UTF-16":           {"\xff\xfe{\x00", "not in UTF-8", fault.KindInvalid},
		"Latin-1":          {`{"lists": [], "cards": [], "name": "Caf` + "\xe9\"}", "not in UTF-8", fault.KindInvalid},
		"an array":         {`[{"id": 1}]`, "not a Trello board", fault.KindInvalid},
		"another product":  {`{"data": [{"gid": "1"}]}`, "not a Trello board", fault.KindInvalid},
		"no cards":         {`{"lists": []}`, "not a Trello board", fault.KindInvalid},
		"lists no array":   {`{"lists": {}, "cards": []}`, "not a Trello board", fault.KindInvalid},
		"no JSON":          {`{"lists": [oops]}`, "not valid JSON", fault.KindInvalid},
		"no JSON at all":   {`{lists}`, "not valid JSON", fault.KindInvalid},
		"two boards":       {`{"lists": [], "cards": []} {"lists": [], "cards": []}`, "follows the board", fault.KindInvalid},
		"skipped nesting":  {`{"x": ` + strings.Repeat("[", 2000), "nested deeper", fault.KindInvalid},
		"nested in a card": {`{"cards": [` + strings.Repeat(`{"x":`, 20_000), "not valid JSON", fault.KindInvalid},
		"too many entries": {`{"lists": [{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}]}`, "more entries", fault.KindTooLarge},
		"too many items": {
			`{"checklists": [{"id": "l", "checkItems": [{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}]}]}`, "more entries", fault.KindTooLarge,
		},
		"too long": {`{"name": "` + strings.Repeat("x", 100_000) + `"}`, "larger", fault.KindTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := trello.Read(t.Context(), strings.NewReader(c.file), trello.Options{MaxBytes: 100_005, MaxItems: 10})
			refused(t, err, c.kind, c.says)
		})
	}
}

func refused(t *testing.T, err error, kind fault.Kind, says string) {
	t.Helper()
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind != kind || !strings.Contains(f.Detail, says) {
		t.Errorf("got %v (kind %d), want kind %d saying %q", err, fault.KindOf(err), kind, says)
	}
}

func TestAFileMayBeExactlyAsLongAsAllowed(t *testing.T) {
	board := `{"lists": [], "cards": []}`
	if _, err := trello.Read(t.Context(), strings.NewReader(board), trello.Options{MaxBytes: int64(len(board))}); err != nil {
		t.Error(err)
	}
	_, err := trello.Read(t.Context(), strings.NewReader(board), trello.Options{MaxBytes: int64(len(board)) - 1})
	refused(t, err, fault.KindTooLarge, "larger")
}

func TestAByteOrderMarkIsNoObstacle(t *testing.T) {
	if _, err := trello.Read(t.Context(), strings.NewReader("\ufeff\n{\"lists\": [], \"cards\": []}\n"), trello.Options{}); err != nil {
		t.Error(err)
	}
}

func TestACutOffFileIsRefusedWhereverItEnds(t *testing.T) {
	file, err := os.ReadFile("testdata/board.json")
	if err != nil {
		t.Fatal(err)
	}
	whole := strings.TrimSpace(string(file))
	for end := 1; end < len(whole); end++ {
		_, err := trello.Read(t.Context(), strings.NewReader(whole[:end]), trello.Options{})
		if f, ok := errors.AsType[*fault.Error](err); !ok || !strings.Contains(f.Detail, "ends in the middle") {
			t.Fatalf("cut after %d of %d bytes: %v", end, len(whole), err)
		}
	}
}

func TestCharactersMayArriveInPieces(t *testing.T) {
	board := `{"name": "Fête 🎉 “é”", "lists": [], "cards": []}`
	p, err := trello.Read(t.Context(), iotest.OneByteReader(strings.NewReader(board)), trello.Options{})
	if err != nil || p.Project.Name != "Fête 🎉 “é”" {
		t.Errorf("%q, %v", p.Project.Name, err)
	}
	_, err = trello.Read(t.Context(), iotest.OneByteReader(strings.NewReader(strings.Replace(board, "“", "\xe2\x80", 1))), trello.Options{})
	refused(t, err, fault.KindInvalid, "not in UTF-8")
}

func TestReadingStopsWhenItIsCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := trello.Read(ctx, strings.NewReader(`{"lists": [{"id": "l"}], "cards": []}`), trello.Options{})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestATroubledDiskIsNotTheFilesFault(t *testing.T) {
	trouble := errors.New("input/output error")
	_, err := trello.Read(t.Context(), io.MultiReader(strings.NewReader(`{"lists"`), iotest.ErrReader(trouble)), trello.Options{})
	if !errors.Is(err, trouble) || fault.KindOf(err) != fault.KindInternal {
		t.Errorf("got %v", err)
	}
}
