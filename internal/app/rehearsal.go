package app

import (
	"context"
	"fmt"
	"strconv"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"github.com/rung-app/rung/internal/auth"
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
	a, through, err := openOrDial(ctx, o)
	switch {
	case err != nil:
		return nil, err
	case through != nil:
		return &remoteRehearsals{through}, nil
	}
	return &localRehearsals{a.auth, a.users, a.tasks, a}, nil
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
	if limit < 1 {
		return 0, fault.InvalidField("limit", "must be at least 1")
	}
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
	if first < 0 || first > maxTeams-len(present) {
		return fault.InvalidField("first", fmt.Sprintf("and those behind it must be from 0 to %d", maxTeams-1))
	}
	for _, n := range present {
		if n < 0 || n > load.TeamSize {
			return fault.InvalidField("present", fmt.Sprintf("must be from 0 to %d", load.TeamSize))
		}
	}
	return nil
}

func (r *localRehearsals) Make(ctx context.Context, first int, present []int, fn func(load.Team) error) error {
	if err := errPresent(first, present); err != nil || len(present) == 0 {
		return err
	}
	ctx = operator(ctx)
	if err := r.addressesFree(ctx, first, len(present)); err != nil {
		return err
	}
	if err := r.auth.NoteRehearsal(ctx, madeUp("person", first*load.TeamSize), strconv.Itoa(len(present)*load.TeamSize)); err != nil {
		return err
	}
	return inOrder(ctx, teamsAtOnce, len(present), func(ctx context.Context, i int) (load.Team, error) {
		t, err := r.team(ctx, first+i, present[i])
		if err != nil {
			err = fmt.Errorf("make up team %d: %w", first+i, err)
		}
		return t, err
	}, fn)
}

// addressesFree refuses teams of which an address is somebody's, before anything of them is made. Whoever comes to have
// one later is noticed as well, but then what was made of her team stays, until it is made again.
func (r *localRehearsals) addressesFree(ctx context.Context, first, teams int) error {
	q := auth.Search{Text: madeUpDomain, After: lastMadeUp(), Limit: accountsAtOnce}
	for {
		some, err := r.auth.Search(ctx, q)
		if err != nil {
			return err
		}
		for _, a := range some {
			if n, ok := numberOf(a.Email); ok && n >= first*load.TeamSize && n < (first+teams)*load.TeamSize {
				return fault.Conflict("email-taken", "The address "+a.Email+" is of an account that no rehearsal has made.")
			}
			q.After = a.ID
		}
		if len(some) < accountsAtOnce {
			return nil
		}
	}
}

// team makes what is missing of a team.
func (r *localRehearsals) team(ctx context.Context, number, present int) (load.Team, error) {
	s := script(number)
	owner := tasks.Caller{User: s.people[0].ID, Actor: tasks.Actor{Type: tasks.ActorUser, ID: s.people[0].ID, Name: s.people[0].Name}}
	t := load.Team{Number: number, Workspace: s.workspace.ID, Project: s.project.ID}
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
	var all errgroup.Group
	t.People = make([]load.Person, present)
	for i := range t.People {
		all.Go(func() (err error) {
			t.People[i].ID = s.people[i].ID
			t.People[i].Refresh, err = r.auth.SignInMadeUp(ctx, s.people[i].ID)
			return err
		})
	}
	return t, all.Wait()
}

// fill makes the people, the workspace and what is in it.
func (r *localRehearsals) fill(ctx context.Context, s *teamScript, owner tasks.Caller) error {
	switch id, err := r.users.ResolveWorkspace(ctx, s.workspace.Slug); {
	case err == nil && id != s.workspace.ID:
		return fault.Conflict("slug-taken", "The slug "+s.workspace.Slug+" is of a workspace that no rehearsal has made.")
	case err != nil && fault.KindOf(err) != fault.KindNotFound:
		return err
	}
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
