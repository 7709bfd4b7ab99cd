package system

import (
	"net"
	"path/filepath"
	"testing"
)

// TestSingleServer tells the story to one process with its data in one folder: the first stage. Of all that was said in
// it, nothing that is private may be in the log.
func TestSingleServer(t *testing.T) {
	addr := freeAddress(t) // links in mails need an address that is known beforehand
	s := newServer(t, "", "RUNG_PUBLIC_URL=http://"+addr, "RUNG_LOG_LEVEL=debug")
	s.addr = addr
	s.start()
	boards, err := filepath.Glob("../../shared/data/trello-board-*.json") // beside the repository, where they lie at all
	if err != nil {
		t.Fatal(err)
	}
	ear, lines := listen(newHTTP().Transport), []object{}
	Story(t, Env{
		BaseURL: s.base(), SetupURL: s.setup, Boards: boards, HTTP: ear,
		Restart: func(t *testing.T) {
			t.Helper()
			s.stop()
			lines = append(lines, s.log.lines()...)
			s.start()
		},
		Mail: func(address string) string { return s.log.mailed(address) },
	})
	s.stop()
	lines = append(lines, s.log.lines()...)
	ear.compare(t, lines)
	for _, line := range lines {
		if line["level"] == "ERROR" {
			t.Errorf("the log has an error: %s", asJSON(line))
		}
	}
}

// freeAddress is an address on which nobody listens just now.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
