package app

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"github.com/rung-app/rung/internal/auth"
	"github.com/rung-app/rung/internal/driver/sqldb"
	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/load"
	"github.com/rung-app/rung/internal/tasks"
	"github.com/rung-app/rung/internal/users"
)

// Rehearsals makes up people for rehearsals, without anybody's permission: who can read the database's file may.
type Rehearsals interface {
	// Others counts the accounts that no rehearsal has made, no further than limit.
	Others(ctx context.Context, limit int) (int, error)
	// Make sees to it that the teams first, first+1 and so on are there, one for each number in present, and opens a session
	// for that many people of it. It calls fn with each, in their order. It may be called again after any failure, and
	// for teams that are there: it makes what is missing. Ids are the same each time; sessions of earlier times end.
	Make(ctx context.Context, first int, present []int, fn func(load.Team) error) error
	Close() error
}

// OpenRehearsals opens what it takes: the database itself or, if a server on this machine has it, a way through that server.
// The caller must Close it.
func OpenRehearsals(ctx context.Context, o Options) (Rehearsals, error) {
	a, err := open(ctx, o, "users", "tasks", "auth")
	if err == nil {
		return &localRehearsals{a.auth, a.users, a.tasks, a}, nil
	}
	path, isFile := strings.CutPrefix(o.Config.AuthDBURL, "sqlite:")
	if !errors.Is(err, sqldb.ErrInUse) || !isFile {
		return nil, err
	}
	through, dialErr := dialOperator(ctx, path)
	if dialErr != nil {
		return nil, fmt.Errorf("%w; it can't be asked to do it either (%w)", err, dialErr)
	}
	return &remoteRehearsals{through}, nil
}

// localRehearsals works on the services in this process.
type localRehearsals struct {
	auth  *auth.Service
	users *users.Service
	tasks *tasks.Service
	app   *App // to be closed; nil if it is not ours
}

// Close lets go of the databases.
func (r *localRehearsals) Close() error {
	if r.app == nil {
		return nil
	}
	return r.app.Close()
}

// Others looks behind the ids of those who were made up, which come before all others.
func (r *localRehearsals) Others(ctx context.Context, limit int) (int, error) {
	all, err := r.auth.List(ctx, lastMadeUp(), limit)
	return len(all), err
}

// Bounds of making people up.
const (
	maxTeams    = 500_000
	teamsAtOnce = 48 // those who write at the same time share a transaction
)

// errPresent refuses what can't be asked for.
func errPresent(first int, present []int) error {
	if first < 0 || first+len(present) > maxTeams {
		return fault.InvalidField("first", fmt.Sprintf("and those behind it must be from 0 to %d", maxTeams))
	}
	for _, n := range present {
		if n < 0 || n > load.TeamSize {
			return fault.InvalidField("present", fmt.Sprintf("must be from 0 to %d", load.TeamSize))
		}
	}
	return nil
}

func (r *localRehearsals) Make(ctx context.Context, first int, present []int, fn func(load.Team) error) error {
	if err := errPresent(first, present); err != nil {
		return err
	}
	if len(present) == 0 {
		return nil
	}
	ctx = operator(ctx)
	if err := r.auth.NoteRehearsal(ctx, madeUp("person", first*load.TeamSize), strconv.Itoa(len(present)*load.TeamSize)); err != nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var all errgroup.Group
	all.SetLimit(teamsAtOnce)
	made := make([]chan load.Team, min(len(present), 4*teamsAtOnce)) // a ring: team i is handed over in place i modulo its length
	free := make(chan struct{}, len(made))
	for i := range made {
		made[i] = make(chan load.Team, 1)
	}
	handed := make(chan error, 1)
	go func() {
		for i := range present {
			select {
			case t := <-made[i%len(made)]:
				if err := fn(t); err != nil {
					handed <- err
					return
				}
				<-free
			case <-ctx.Done():
				handed <- context.Cause(ctx)
				return
			}
		}
		handed <- nil
	}()
	stopped := false
	for i, n := range present {
		select {
		case free <- struct{}{}:
		case <-ctx.Done():
			stopped = true
		case err := <-handed:
			handed <- err
			stopped = true
		}
		if stopped {
			break
		}
		all.Go(func() error {
			t, err := r.team(ctx, first+i, n)
			if err != nil {
				cancel(err)
				return fmt.Errorf("make up team %d: %w", first+i, err)
			}
			made[i%len(made)] <- t
			return nil
		})
	}
	if err := all.Wait(); err != nil {
		return err
	}
	return <-handed
}

// team makes what is missing of a team.
func (r *localRehearsals) team(ctx context.Context, number, present int) (load.Team, error) {
	s := script(number)
	owner := tasks.Caller{User: s.people[0].ID, Actor: tasks.Actor{Type: tasks.ActorUser, ID: s.people[0].ID, Name: s.people[0].Name}}
	t := load.Team{Number: number, Workspace: s.workspace.ID, Project: s.project.ID, People: []load.Person{}}
	var err error
	if _, _, err = r.tasks.Task(ctx, owner, t.Workspace, s.last().String()); err != nil { // it is made last
		if fault.KindOf(err) != fault.KindNotFound {
			return t, err
		}
		if err := r.fill(ctx, s, owner); err != nil {
			return t, err
		}
	}
	if t.Statuses, err = r.statuses(ctx, owner, t.Workspace, t.Project); err != nil {
		return t, err
	}
	for _, p := range s.people[:present] {
		refresh, err := r.auth.SignInMadeUp(ctx, p.ID)
		if err != nil {
			return t, err
		}
		t.People = append(t.People, load.Person{ID: p.ID, Refresh: refresh})
	}
	return t, nil
}

// fill makes the people, the workspace and what is in it.
func (r *localRehearsals) fill(ctx context.Context, s *teamScript, owner tasks.Caller) error {
	var all errgroup.Group
	for _, p := range s.people {
		all.Go(func() error { return r.auth.MakeUp(ctx, p.ID, p.Email) })
	}
	if err := all.Wait(); err != nil {
		return err
	}
	if err := r.users.MakeUp(ctx, users.MadeUp{Workspace: s.workspace, People: s.people}); err != nil {
		return err
	}
	if _, err := r.tasks.CreateProject(ctx, owner, s.workspace.ID, s.project); err != nil {
		return err
	}
	for _, l := range s.labels {
		if _, err := r.tasks.CreateLabel(ctx, owner, s.workspace.ID, l); err != nil {
			return err
		}
	}
	statuses, err := r.statuses(ctx, owner, s.workspace.ID, s.project.ID)
	if err != nil {
		return err
	}
	_, _, err = r.tasks.Batch(ctx, owner, s.workspace.ID, s.tasks(statuses))
	return err
}

// statuses gives the ids of a project's statuses in their order.
func (r *localRehearsals) statuses(ctx context.Context, c tasks.Caller, ws, project uuid.UUID) ([]uuid.UUID, error) {
	doc, _, err := r.tasks.Project(ctx, c, ws, project)
	if err != nil {
		return nil, err
	}
	return statusesOf(doc.JSON)
}
