package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// What a seeded workspace has besides its tasks.
const (
	seedMembers  = 20
	seedLabels   = 10
	seedProjects = 100 // that share what is not in the first
	seedFamily   = 1000
	rareTasks    = 20 // whose title has the rare word
	rareWord     = "zeppelin"

	guestProjects = 3
	seedSmall     = 50  // tasks of a project that is small in each seed
	seedFewest    = 100 // of sub-tasks, comments, activity and trash, however small the workspace
)

// filler makes the content of a seed. The same seed gives the same content but for ids and times.
type filler struct {
	*seed
	ctx     context.Context
	svc     *tasks.Service
	rand    *rand.Rand
	members []uuid.UUID
	labels  []uuid.UUID
	made    int
}

func (s *seed) fill(ctx context.Context, share float64) (err error) {
	svc, closeDB, err := s.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeDB()) }()
	f := &filler{seed: s, ctx: ctx, svc: svc, rand: rand.New(rand.NewPCG(7, uint64(s.Size)))}
	if err := f.people(); err != nil {
		return err
	}
	first, err := f.project("Website")
	if err != nil {
		return err
	}
	s.Project = first.ID
	for _, st := range first.Statuses {
		s.Statuses = append(s.Statuses, st.ID)
	}
	inFirst := int(float64(s.Size) * share)
	s.Live = int64(inFirst)
	if err := f.tasks(first, inFirst); err != nil {
		return err
	}
	if s.Stranger, err = f.guestOf("Small project", guestProjects, seedSmall); err != nil {
		return err
	}
	if s.Guest, err = f.guestOf("Project", seedProjects, (s.Size-inFirst)/seedProjects); err != nil {
		return err
	}
	if err := f.specials(first); err != nil {
		return err
	}
	return indexAll(ctx, svc)
}

// guestOf makes projects with so many tasks each, and lets a guest into the first few of them.
func (f *filler) guestOf(name string, projects, size int) (guest uuid.UUID, err error) {
	var grants []tasks.Grant
	for i := range projects {
		if size == 0 {
			break
		}
		p, err := f.project(fmt.Sprintf("%s %d", name, i))
		if err != nil {
			return guest, err
		}
		if err := f.tasks(p, size); err != nil {
			return guest, err
		}
		if len(grants) < guestProjects {
			grants = append(grants, tasks.Grant{Project: p.ID, Role: tasks.ProjectViewer})
		}
	}
	guest = uuid.Must(uuid.NewV7())
	return guest, f.svc.SetMember(f.ctx, f.Workspace, tasks.MemberChange{
		User: guest, Name: "Gil", Role: tasks.RoleGuest, Grants: grants,
	}, tasks.Actor{Type: tasks.ActorUser, ID: f.User, Name: "Ada"})
}

func (f *filler) people() error {
	for i := range seedMembers {
		id := uuid.Must(uuid.NewV7())
		if err := f.svc.SetMember(f.ctx, f.Workspace, tasks.MemberChange{
			User: id, Name: fmt.Sprintf("Member %d", i), Role: tasks.RoleMember,
		}, tasks.Actor{Type: tasks.ActorUser, ID: f.User, Name: "Ada"}); err != nil {
			return err
		}
		f.members = append(f.members, id)
	}
	for i := range seedLabels {
		w, err := f.svc.CreateLabel(f.ctx, f.caller(), f.Workspace, tasks.NewLabel{Name: fmt.Sprintf("Label %d", i)})
		if err != nil {
			return err
		}
		f.labels = append(f.labels, w.ID)
	}
	f.Label = f.labels[0]
	return nil
}

func (f *filler) project(name string) (p tasks.Project, err error) {
	w, err := f.svc.CreateProject(f.ctx, f.caller(), f.Workspace, tasks.NewProject{Name: name})
	if err != nil {
		return p, err
	}
	return p, json.Unmarshal(w.JSON, &p)
}

// tasks makes n tasks of a project, many at a time.
func (f *filler) tasks(p tasks.Project, n int) error {
	for made := 0; made < n; made += tasks.MaxBatch {
		steps := make([]tasks.Step, min(tasks.MaxBatch, n-made))
		for i := range steps {
			t := f.task(p)
			steps[i].Create = &t
		}
		if err := f.batch(steps); err != nil {
			return err
		}
	}
	return nil
}

func (f *filler) batch(steps []tasks.Step) error {
	_, head, err := f.svc.Batch(f.ctx, f.caller(), f.Workspace, steps)
	f.Head = head
	return err
}

// task is one as people write them: a line, often a paragraph, perhaps a day, somebody and a label or two.
func (f *filler) task(p tasks.Project) tasks.NewTask {
	t := tasks.NewTask{
		ID: uuid.Must(uuid.NewV7()), Project: p.ID, Title: f.words(4, 9), Priority: f.rand.IntN(5),
		Status: p.Statuses[f.rand.IntN(len(p.Statuses))].ID,
	}
	if f.made++; f.made%max(1, f.Size/rareTasks) == 1 {
		t.Title += " " + rareWord
	}
	if f.rand.IntN(3) > 0 {
		t.Description = f.words(10, 60)
	}
	if f.rand.IntN(5) < 3 {
		t.Due = &tasks.When{Date: time.Now().AddDate(0, 0, f.rand.IntN(365)-120).Format(time.DateOnly)}
	}
	switch who := f.rand.IntN(10); {
	case who < 2:
		t.Assignees = []uuid.UUID{f.User}
	case who < 7:
		t.Assignees = []uuid.UUID{f.members[f.rand.IntN(len(f.members))]}
	}
	if first := f.rand.IntN(2 * len(f.labels)); first < len(f.labels) {
		t.Labels = []uuid.UUID{f.labels[first], f.labels[(first+1)%len(f.labels)]}
	}
	return t
}

func (f *filler) words(least, most int) string {
	words := strings.Fields("plan ship write review test fix measure the a new old report page list board team release " +
		"customer database search login invoice design draft meeting notes figures window colour answer question deploy")
	n := least + f.rand.IntN(most-least)
	out := make([]string, n)
	for i := range out {
		out[i] = words[f.rand.IntN(len(words))]
	}
	return strings.Join(out, " ")
}

// specials makes what single lists are about: a large family, a long talk, a full trash.
func (f *filler) specials(p tasks.Project) error {
	many := max(seedFewest, min(seedFamily, f.Size/100))
	f.Live += int64(2 + many) // and what was made before
	heads := []tasks.NewTask{f.task(p), f.task(p)}
	f.Parent, f.Talked = heads[0].ID, heads[1].ID
	if err := f.batch([]tasks.Step{{Create: &heads[0]}, {Create: &heads[1]}}); err != nil {
		return err
	}
	for range many {
		child, gone := f.task(p), f.task(p)
		child.Parent = f.Parent.String()
		if err := f.batch([]tasks.Step{
			{Create: &child},
			{Create: &gone},
			{Comment: &tasks.NewComment{Task: f.Talked.String(), Body: f.words(5, 40)}},
			{Update: &tasks.StepUpdate{Ref: f.Talked.String(), Patch: tasks.Patch{Title: tasks.Some(f.words(4, 9))}}},
		}); err != nil {
			return err
		}
		if err := f.batch([]tasks.Step{{Delete: gone.ID.String()}}); err != nil {
			return err
		}
	}
	return nil
}
