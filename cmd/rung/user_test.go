package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// served runs a server on the data folder until the test ends or stop is called.
func served(t *testing.T, data string) (log *lockedBuffer, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	log = &lockedBuffer{}
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"serve"}, terminal{in: strings.NewReader(""), out: log, err: log, env: []string{
			"RUNG_DATA=" + data, "RUNG_ADDR=127.0.0.1:0", "RUNG_ADMIN_ADDR=off",
		}})
	}()
	stop = sync.OnceFunc(func() {
		cancel()
		if code := <-ended; code != done {
			t.Errorf("the server ended with code %d: %s", code, log)
		}
	})
	t.Cleanup(stop)
	for range 2000 {
		if c, err := net.Dial("unix", filepath.Join(data, "rung.db.sock")); err == nil {
			c.Close()
			return log, stop
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("the server does not listen to the operator: %s", log)
	return nil, nil
}

type lockedBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.String()
}

// shortTemp is a folder whose path is short enough for a socket.
func shortTemp(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "rung")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// TestUserWorksWithAndWithoutAServer goes through what an operator does who is locked out, on a database that nobody has
// and through the server that has it.
func TestUserWorksWithAndWithoutAServer(t *testing.T) {
	for name, running := range map[string]bool{"stopped": false, "running": true} {
		t.Run(name, func(t *testing.T) {
			data := shortTemp(t)
			var log *lockedBuffer
			stop := func() {}
			if running {
				log, stop = served(t, data)
				if st, err := os.Stat(filepath.Join(data, "rung.db.sock")); err != nil || st.Mode().Perm() != 0o600 {
					t.Errorf("the socket is %v, %v", st, err)
				}
			}
			user := func(in string, args ...string) said {
				t.Helper()
				return rung(t, data, in, append([]string{"user"}, args...)...)
			}
			user("", "create", "ann@example.com", "Ann", "--admin").want(t, done, "password: ", "")
			user("correct horse battery\n", "create", "bob@example.com", "Bob", "--password-stdin").want(t, done, "bob@example.com has an account", "")
			user("", "list").want(t, done, "ann@example.com", "")

			user("", "create", "bob@example.com", "Bob").want(t, failed, "", "There is an account with this address already.")
			user("", "create", "not an address", "Bob").want(t, failed, "", "email must be an e-mail address")
			user("", "create", "eve@example.com", " ").want(t, failed, "", "name must not be empty")
			user("short\n", "reset-password", "bob@example.com", "--password-stdin").want(t, failed, "", "password must have at least 8 characters")
			user("", "disable", "nobody@example.com").want(t, failed, "", "There is no account with this address.")
			user("", "demote", "ann@example.com").want(t, failed, "", "This is the last administrator")
			user("", "disable", "ann@example.com").want(t, failed, "", "This is the last administrator")

			user("", "promote", "bob@example.com").want(t, done, "bob@example.com is an administrator", "")
			user("", "demote", "ann@example.com").want(t, done, "ann@example.com is no administrator", "")
			user("", "disable", "ann@example.com").want(t, done, "ann@example.com is shut out", "")
			user("", "enable", "ann@example.com").want(t, done, "ann@example.com is let in", "")
			user("", "promote", "--undo", "bob@example.com").want(t, failed, "", "This is the last administrator")

			var doc struct{ Email, Password string }
			reset := user("", "reset-password", "ann@example.com", "--json")
			if err := json.Unmarshal([]byte(reset.out), &doc); err != nil || doc.Email != "ann@example.com" || len(doc.Password) < 20 {
				t.Errorf("as JSON: %q, %v", reset.out, err)
			}
			lines := strings.Split(strings.TrimSpace(user("", "list", "--json").out), "\n")
			var admins int
			for _, line := range lines {
				var a struct{ Admin bool }
				if err := json.Unmarshal([]byte(line), &a); err != nil {
					t.Fatalf("%q: %v", line, err)
				}
				if a.Admin {
					admins++
				}
			}
			if len(lines) != 2 || admins != 1 {
				t.Errorf("the list: %q", lines)
			}
			user("", "sign-out-everyone").want(t, done, "everybody is signed out (accounts: 0), and a new key signs", "")
			user("", "sign-out-everyone", "--json").want(t, done, `{"accounts":0}`, "")
			if log != nil && (strings.Contains(log.String(), doc.Password) || strings.Contains(log.String(), "correct horse")) {
				t.Error("the log has a password")
			}
			stop()
			if _, err := os.Stat(filepath.Join(data, "rung.db.sock")); err == nil {
				t.Error("the socket is left behind")
			}
			user("", "list").want(t, done, "bob@example.com", "")
		})
	}
}

// TestAServerThatCanNotBeAskedIsNamed has the database in use and nobody who listens.
func TestAServerThatCanNotBeAskedIsNamed(t *testing.T) {
	data := shortTemp(t)
	_, stop := served(t, data)
	defer stop()
	if err := os.Remove(filepath.Join(data, "rung.db.sock")); err != nil {
		t.Fatal(err)
	}
	rung(t, data, "", "user", "list").want(t, failed, "", "in use by another process (pid ")
	rung(t, data, "", "user", "list").want(t, failed, "", "it can't be asked to do it either")
}

// TestWhatAServerThatWasKilledLeftBehindIsNoMatter has a socket in the way that nobody listens at.
func TestWhatAServerThatWasKilledLeftBehindIsNoMatter(t *testing.T) {
	data := shortTemp(t)
	path := filepath.Join(data, "rung.db.sock")
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	l.SetUnlinkOnClose(false)
	l.Close()
	rung(t, data, "", "user", "create", "ann@example.com", "Ann").want(t, done, "password: ", "")
	served(t, data)
	rung(t, data, "", "user", "list").want(t, done, "ann@example.com", "")
}
