package app_test

import (
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rung-app/rung/internal/load"
)

// answering has the database of a folder held by somebody who answers the operator's commands as told.
func answering(t *testing.T, data string, answer http.HandlerFunc) {
	t.Helper()
	rehearsals(t, data) // holds it
	l, err := net.Listen("unix", filepath.Join(data, "rung.db.sock"))
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: answer}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.Serve(l)
	}()
	t.Cleanup(func() {
		server.Close()
		<-ended
	})
}

// TestAServerOfAnotherVersionMakesNobodyUp but is told from one that refuses.
func TestAServerOfAnotherVersionMakesNobodyUp(t *testing.T) {
	data := shortFolder(t)
	answering(t, data, func(w http.ResponseWriter, _ *http.Request) { // as one that does not know all that a command says
		http.Error(w, "not a command", http.StatusBadRequest)
	})
	r := rehearsals(t, data)
	err := r.Make(t.Context(), 0, []int{1}, func(load.Team) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "it is another version") {
		t.Errorf("making people up: %v", err)
	}
	if _, err := r.Others(t.Context(), 1); err == nil || !strings.Contains(err.Error(), "it is another version") {
		t.Errorf("counting others: %v", err)
	}
}

// TestAServerThatBreaksOffIsNoticed, whatever it had handed over.
func TestAServerThatBreaksOffIsNoticed(t *testing.T) {
	data := shortFolder(t)
	answering(t, data, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"team": {"number": 0}}` + "\n"))
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	})
	handed := 0
	err := rehearsals(t, data).Make(t.Context(), 0, []int{1, 1}, func(load.Team) error { handed++; return nil })
	if err == nil || handed != 1 {
		t.Errorf("%d teams, %v", handed, err)
	}
}
