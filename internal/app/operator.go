package app

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/load"
)

// The operator's commands reach a server that has the database by a socket that lies beside the database's file and has
// the file's permissions: who can write to it could write to the file as well. It is no part of the API: both ends are
// the same program, or the command says that they are not.

// operatorSocket is where the socket of a database's server lies.
func operatorSocket(database string) (string, error) {
	if real, err := filepath.EvalSymlinks(database); err == nil { // as the lock has it
		database = real
	}
	return filepath.Abs(database + ".sock")
}

// maxSocketPath is how long the path of a socket can be on every system that Rung runs on.
const maxSocketPath = 100

// operatorRequest is one command. It may hold a password and is never logged.
type operatorRequest struct {
	Do       string `json:"do"`
	Email    string `json:"email,omitempty"`
	Name     string `json:"name,omitempty"`
	Password string `json:"password,omitempty"`
	Yes      bool   `json:"yes,omitempty"`
	Limit    int    `json:"limit,omitempty"`
	First    int    `json:"first,omitempty"`
	Present  []int  `json:"present,omitempty"`
}

type operatorAnswer struct {
	Password string        `json:"password,omitempty"`
	Accounts int           `json:"accounts,omitempty"`
	Refused  string        `json:"refused,omitempty"`
	Fields   []fault.Field `json:"fields,omitempty"`
	Team     *load.Team    `json:"team,omitempty"`
}

// What can be asked for.
const (
	doList    = "list"
	doCreate  = "create"
	doReset   = "reset-password"
	doPromote = "promote"
	doDisable = "disable"
	doSignOut = "sign-out-everyone"
)

// serveOperator takes commands until ctx ends. A server whose socket can't be made serves without it, and says so.
func (a *App) serveOperator(ctx context.Context) {
	path, isFile := strings.CutPrefix(a.Config.AuthDBURL, "sqlite:")
	if !isFile {
		return
	}
	l, err := listenOperator(ctx, path)
	if err != nil {
		a.Log.WarnContext(ctx, "\"rung user\" will not work while this server runs", "error", err)
		return
	}
	server := &http.Server{
		Handler:           operatorHandler(&localAccounts{auth: a.auth, tasks: a.tasks}, &localRehearsals{auth: a.auth, users: a.users, tasks: a.tasks}),
		ReadHeaderTimeout: headerTimeout, ReadTimeout: headerTimeout,
		IdleTimeout: headerTimeout,
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.Serve(l)
	}()
	<-ctx.Done()
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	if server.Shutdown(closing) != nil {
		server.Close()
	}
	<-ended
}

// listenOperator makes the socket. One that is there already is of a server that is gone: this one holds the database.
func listenOperator(ctx context.Context, database string) (net.Listener, error) {
	path, err := operatorSocket(database)
	if err != nil {
		return nil, err
	}
	if len(path) > maxSocketPath {
		return nil, fmt.Errorf("the path %s is too long for a socket", path)
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "unix", path)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		l.Close()
		return nil, err
	}
	return l, nil
}

// maxOperator bounds a command.
const maxOperator = 16 << 10

func operatorHandler(accounts Accounts, rehearsals Rehearsals) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var ask operatorRequest
		dec := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxOperator))
		dec.DisallowUnknownFields()
		if r.Method != http.MethodPost || dec.Decode(&ask) != nil {
			http.Error(w, "not a command", http.StatusBadRequest)
			return
		}
		connection := http.NewResponseController(w)
		_ = connection.SetReadDeadline(time.Time{}) // all is read, and some commands take long
		out := json.NewEncoder(w)
		var answer operatorAnswer
		var err error
		switch ask.Do {
		case doList:
			err = accounts.Each(r.Context(), func(a Account) error { return out.Encode(a) })
			if err == nil {
				return
			}
		case doCreate:
			answer.Password, err = accounts.Create(r.Context(), ask.Email, ask.Name, ask.Password, ask.Yes)
		case doReset:
			answer.Password, err = accounts.ResetPassword(r.Context(), ask.Email, ask.Password)
		case doPromote:
			err = accounts.Promote(r.Context(), ask.Email, ask.Yes)
		case doDisable:
			err = accounts.Disable(r.Context(), ask.Email, ask.Yes)
		case doSignOut:
			answer.Accounts, err = accounts.SignOutEveryone(r.Context())
		default:
			var known bool
			if answer, known, err = rehearse(r.Context(), rehearsals, ask, out, connection); known {
				break
			}
			err = fmt.Errorf("this server does not know the command %q; it is another version", ask.Do)
		}
		if err != nil {
			answer = operatorAnswer{Refused: err.Error()}
			if f, ok := errors.AsType[*fault.Error](err); ok {
				answer.Refused, answer.Fields = f.Detail, f.Fields
			}
		}
		_ = out.Encode(answer)
	})
}

// remoteAccounts has a server do it.
type remoteAccounts struct{ client *http.Client }

// dialOperator finds the server that has a database.
func dialOperator(ctx context.Context, database string) (*remoteAccounts, error) {
	path, err := operatorSocket(database)
	if err != nil {
		return nil, err
	}
	var d net.Dialer
	transport := &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) { return d.DialContext(ctx, "unix", path) }}
	conn, err := transport.DialContext(ctx, "", "")
	if err != nil {
		return nil, err
	}
	conn.Close()
	return &remoteAccounts{&http.Client{Transport: transport}}, nil
}

// Close lets go of the server.
func (a *remoteAccounts) Close() error {
	a.client.CloseIdleConnections()
	return nil
}

// send asks for something and hands each line of the answer to read.
func (a *remoteAccounts) send(ctx context.Context, ask operatorRequest, read func([]byte) error) error {
	b, err := json.Marshal(ask)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://rung/", bytes.NewReader(b))
	if err != nil {
		return err
	}
	resp, err := a.client.Do(req)
	if err != nil {
		return fmt.Errorf("the server broke off; see whether it was done before doing it again: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("the server does not understand this command (%d); it is another version", resp.StatusCode)
	}
	lines := bufio.NewScanner(resp.Body)
	for lines.Scan() {
		var answer operatorAnswer
		if err := json.Unmarshal(lines.Bytes(), &answer); err != nil {
			return fmt.Errorf("read what the server says: %w", err)
		}
		if answer.Refused != "" {
			return errOperator(answer.Refused, answer.Fields)
		}
		if err := read(lines.Bytes()); err != nil {
			return err
		}
	}
	return lines.Err()
}

func (a *remoteAccounts) Each(ctx context.Context, fn func(Account) error) error {
	return a.send(ctx, operatorRequest{Do: doList}, func(line []byte) error {
		var one Account
		if err := json.Unmarshal(line, &one); err != nil {
			return err
		}
		return fn(one)
	})
}

// ask asks for something that has one answer.
func (a *remoteAccounts) ask(ctx context.Context, ask operatorRequest) (answer operatorAnswer, err error) {
	err = a.send(ctx, ask, func(line []byte) error { return json.Unmarshal(line, &answer) })
	return answer, err
}

func (a *remoteAccounts) password(ctx context.Context, ask operatorRequest) (string, error) {
	answer, err := a.ask(ctx, ask)
	return answer.Password, err
}

func (a *remoteAccounts) SignOutEveryone(ctx context.Context) (int, error) {
	answer, err := a.ask(ctx, operatorRequest{Do: doSignOut})
	return answer.Accounts, err
}

func (a *remoteAccounts) Create(ctx context.Context, email, name, password string, admin bool) (string, error) {
	return a.password(ctx, operatorRequest{Do: doCreate, Email: email, Name: name, Password: password, Yes: admin})
}

func (a *remoteAccounts) ResetPassword(ctx context.Context, email, password string) (string, error) {
	return a.password(ctx, operatorRequest{Do: doReset, Email: email, Password: password})
}

func (a *remoteAccounts) Promote(ctx context.Context, email string, admin bool) error {
	_, err := a.password(ctx, operatorRequest{Do: doPromote, Email: email, Yes: admin})
	return err
}

func (a *remoteAccounts) Disable(ctx context.Context, email string, disabled bool) error {
	_, err := a.password(ctx, operatorRequest{Do: doDisable, Email: email, Yes: disabled})
	return err
}
