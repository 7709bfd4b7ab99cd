package tasks_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

// story is people working at random, the same in every run of a seed.
type story struct {
	w                                       *world
	rand                                    *rand.Rand
	people                                  []tasks.Caller
	projects, tasks, labels, views, trashed []uuid.UUID
	comments                                [][2]uuid.UUID // task, comment
	last                                    string
	done                                    int
}

func newStory(w *world, seed uint64) *story {
	s := &story{w: w, rand: rand.New(rand.NewPCG(seed, 3))}
	for _, n := range []tasks.NewProject{{Name: "One"}, {Name: "Two"}, {Name: "Three", Access: tasks.AccessPrivate}} {
		s.projects = append(s.projects, w.project(n).ID)
	}
	bob := w.person("Bob", tasks.RoleMember)
	gus := w.person("Gus", tasks.RoleGuest, tasks.Grant{Project: s.projects[2], Role: tasks.ProjectEditor})
	s.people = []tasks.Caller{w.ada, bob, gus}
	return s
}

func one[T any](s *story, of []T) (v T) {
	if len(of) == 0 {
		return v
	}
	return of[s.rand.IntN(len(of))]
}

// project gives a project with its statuses, as Ada sees it.
func (s *story) project() (p tasks.Project) {
	got, _, err := s.w.Project(s.w.Context(), s.w.ada, s.w.ws, one(s, s.projects))
	if err != nil {
		return p
	}
	return decode[tasks.Project](s.w, got.JSON)
}

func (s *story) status(p tasks.Project) uuid.UUID { return one(s, p.Statuses).ID }

// act takes one step as somebody. It may be refused, but nothing may break.
func (s *story) act() {
	s.w.later(time.Duration(s.rand.IntN(5000)) * time.Millisecond)
	c := s.w.ada
	if s.rand.IntN(3) == 0 {
		c = one(s, s.people)
	}
	steps := []struct {
		weight int
		name   string
		do     func(context.Context, tasks.Caller, string) error
	}{
		{10, "create", s.create},
		{12, "patch", s.patch},
		{6, "move", s.move},
		{4, "delete", s.delete},
		{4, "restore", s.restore},
		{1, "purge", s.purge},
		{6, "comment", s.comment},
		{3, "label", s.label},
		{3, "view", s.view},
		{4, "relate", s.relate},
		{3, "status", s.statuses},
		{4, "project", s.changeProject},
		{2, "delete project", s.deleteProject},
		{3, "grant", s.grant},
		{2, "member", s.member},
		{3, "batch", s.batch},
	}
	n := 0
	for _, step := range steps {
		n += step.weight
	}
	n = s.rand.IntN(n)
	for _, step := range steps {
		if n -= step.weight; n < 0 {
			s.last = step.name + " by " + c.Actor.Name
			err := step.do(s.w.Context(), c, one(s, s.tasks).String())
			if err != nil && !expected(err) {
				s.w.Fatalf("%s: %v", s.last, err)
			}
			if err == nil {
				s.done++
			}
			return
		}
	}
}

func (s *story) newTask() tasks.NewTask {
	p := s.project()
	n := tasks.NewTask{Project: p.ID, Title: fmt.Sprint("task ", s.rand.IntN(100)), Priority: s.rand.IntN(5)}
	if s.rand.IntN(2) == 0 {
		n.Status = s.status(p)
	}
	if s.rand.IntN(2) == 0 {
		n.Parent = one(s, s.tasks).String()
	}
	if s.rand.IntN(3) == 0 {
		n.Due, n.Description = &tasks.When{Date: fmt.Sprintf("2026-03-%02d", 1+s.rand.IntN(28))}, "<b>\u2028"
	}
	if l := one(s, s.labels); s.rand.IntN(3) == 0 && l != uuid.Nil {
		n.Labels = []uuid.UUID{l}
	}
	if s.rand.IntN(3) == 0 {
		n.Place = tasks.Place{First: true}
	}
	return n
}

func (s *story) create(ctx context.Context, c tasks.Caller, _ string) error {
	n := s.newTask()
	got, err := s.w.CreateTask(ctx, c, s.w.ws, n)
	if err != nil && n.Parent != "" {
		n.Parent = ""
		got, err = s.w.CreateTask(ctx, c, s.w.ws, n)
	}
	if err == nil {
		s.tasks = append(s.tasks, got.ID)
	}
	return err
}

func (s *story) patchOf() (p tasks.Patch) {
	switch s.rand.IntN(8) {
	case 0:
		p.Title = tasks.Some(fmt.Sprint("title ", s.rand.IntN(100)))
	case 1:
		p.Description, p.Priority = tasks.Some(fmt.Sprint(s.rand.IntN(9))), tasks.Some(s.rand.IntN(5))
	case 2:
		p.Status = tasks.Some(s.status(s.project()))
	case 3:
		p.Parent = tasks.Some(one(s, s.tasks).String())
	case 4:
		p.Parent = tasks.Some("")
	case 5:
		p.Place = tasks.Some(tasks.Place{After: one(s, s.tasks).String()})
	case 6:
		p.AssigneesAdd, p.AssigneesRemove = []uuid.UUID{one(s, s.people).User}, []uuid.UUID{one(s, s.people).User}
	case 7:
		p.Due = tasks.Some[*tasks.When](nil)
		p.LabelsRemove = []uuid.UUID{one(s, s.labels)}
	}
	return p
}

func (s *story) patch(ctx context.Context, c tasks.Caller, task string) error {
	_, err := s.w.UpdateTask(ctx, c, s.w.ws, task, s.patchOf(), tasks.Condition{})
	return err
}

func (s *story) move(ctx context.Context, c tasks.Caller, task string) error {
	m := tasks.Move{Project: s.project().ID, WithChildren: s.rand.IntN(2) == 0, Place: tasks.Place{First: s.rand.IntN(2) == 0}}
	_, err := s.w.MoveTask(ctx, c, s.w.ws, task, m, tasks.Condition{})
	return err
}

func (s *story) delete(ctx context.Context, c tasks.Caller, task string) error {
	_, err := s.w.DeleteTask(ctx, c, s.w.ws, task, tasks.Condition{})
	if err == nil {
		s.trashed = append(s.trashed, uuid.MustParse(task))
	}
	return err
}

func (s *story) restore(ctx context.Context, c tasks.Caller, _ string) error {
	_, err := s.w.RestoreTask(ctx, c, s.w.ws, one(s, s.trashed).String())
	return err
}

func (s *story) purge(ctx context.Context, c tasks.Caller, _ string) error {
	_, err := s.w.Purge(ctx, c, s.w.ws, "task", one(s, s.trashed))
	return err
}

func (s *story) comment(ctx context.Context, c tasks.Caller, task string) error {
	at := one(s, s.comments)
	switch s.rand.IntN(4) {
	case 0:
		_, err := s.w.UpdateComment(ctx, c, s.w.ws, at[0].String(), at[1], fmt.Sprint("edited ", s.rand.IntN(100)), tasks.Condition{})
		return err
	case 1:
		_, err := s.w.DeleteComment(ctx, c, s.w.ws, at[0].String(), at[1])
		return err
	}
	got, err := s.w.CreateComment(ctx, c, s.w.ws, tasks.NewComment{Task: task, Body: "hello"})
	if err == nil {
		s.comments = append(s.comments, [2]uuid.UUID{uuid.MustParse(task), got.ID})
	}
	return err
}

func (s *story) label(ctx context.Context, c tasks.Caller, _ string) error {
	name := fmt.Sprint("label ", s.rand.IntN(20))
	switch s.rand.IntN(3) {
	case 0:
		_, err := s.w.UpdateLabel(ctx, c, s.w.ws, one(s, s.labels), tasks.LabelPatch{Name: tasks.Some(name)}, tasks.Condition{})
		return err
	case 1:
		_, err := s.w.DeleteLabel(ctx, c, s.w.ws, one(s, s.labels))
		return err
	}
	got, err := s.w.CreateLabel(ctx, c, s.w.ws, tasks.NewLabel{Name: name})
	if err == nil {
		s.labels = append(s.labels, got.ID)
	}
	return err
}

func (s *story) view(ctx context.Context, c tasks.Caller, _ string) error {
	switch s.rand.IntN(4) {
	case 0:
		_, err := s.w.UpdateView(ctx, c, s.w.ws, one(s, s.views), tasks.ViewPatch{Shared: tasks.Some(s.rand.IntN(2) == 0), Name: tasks.Some(fmt.Sprint(s.rand.IntN(9)))}, tasks.Condition{})
		return err
	case 1:
		_, err := s.w.DeleteView(ctx, c, s.w.ws, one(s, s.views))
		return err
	}
	n := tasks.NewView{Name: "view", Shared: s.rand.IntN(2) == 0}
	if p := s.project(); s.rand.IntN(2) == 0 && p.ID != uuid.Nil {
		n.Project = &p.ID
	}
	got, err := s.w.CreateView(ctx, c, s.w.ws, n)
	if err == nil {
		s.views = append(s.views, got.ID)
	}
	return err
}

func (s *story) relate(ctx context.Context, c tasks.Caller, task string) error {
	typ := one(s, []string{tasks.RelationBlocks, tasks.RelationRelates})
	if s.rand.IntN(3) == 0 {
		_, err := s.w.Unrelate(ctx, c, s.w.ws, task, typ, one(s, s.tasks).String())
		return err
	}
	_, err := s.w.Relate(ctx, c, s.w.ws, task, typ, one(s, s.tasks).String())
	return err
}

func (s *story) statuses(ctx context.Context, c tasks.Caller, _ string) error {
	p := s.project()
	switch s.rand.IntN(3) {
	case 0:
		_, err := s.w.UpdateStatus(ctx, c, s.w.ws, p.ID, s.status(p), tasks.StatusPatch{
			Category: tasks.Some(one(s, []string{tasks.CategoryTodo, tasks.CategoryDone})), Place: tasks.Some(tasks.Place{First: true}),
		}, tasks.Condition{})
		return err
	case 1:
		_, err := s.w.DeleteStatus(ctx, c, s.w.ws, p.ID, s.status(p), s.status(p))
		return err
	}
	_, err := s.w.AddStatus(ctx, c, s.w.ws, p.ID, tasks.NewStatus{Name: fmt.Sprint("status ", s.rand.IntN(9))})
	return err
}

func (s *story) changeProject(ctx context.Context, c tasks.Caller, _ string) error {
	p := tasks.ProjectPatch{}
	switch s.rand.IntN(4) {
	case 0:
		p.Key = tasks.Some(fmt.Sprint("KEY", s.rand.IntN(20)))
	case 1:
		p.Name, p.Place = tasks.Some(fmt.Sprint("name ", s.rand.IntN(20))), tasks.Some(tasks.Place{First: true})
	case 2:
		p.Access = tasks.Some(one(s, []string{tasks.AccessPrivate, tasks.AccessWorkspace}))
	case 3:
		p.Archived = tasks.Some(s.rand.IntN(3) == 0)
	}
	_, err := s.w.UpdateProject(ctx, c, s.w.ws, one(s, s.projects), p, tasks.Condition{})
	return err
}

func (s *story) deleteProject(ctx context.Context, c tasks.Caller, _ string) error {
	for _, p := range s.projects { // what has lain there until now
		if err := second(s.w.RestoreProject(ctx, s.w.ada, s.w.ws, p)); err != nil {
			return err
		}
	}
	_, err := s.w.DeleteProject(ctx, c, s.w.ws, one(s, s.projects))
	return err
}

func (s *story) grant(ctx context.Context, c tasks.Caller, _ string) error {
	user := one(s, s.people).User
	if s.rand.IntN(2) == 0 {
		_, err := s.w.RemoveProjectMember(ctx, c, s.w.ws, one(s, s.projects), user)
		return err
	}
	_, err := s.w.SetProjectMember(ctx, c, s.w.ws, one(s, s.projects), user, one(s, []string{tasks.ProjectViewer, tasks.ProjectEditor, tasks.ProjectAdmin}))
	return err
}

func (s *story) member(_ context.Context, _ tasks.Caller, _ string) error {
	s.w.become(s.people[1], one(s, []string{tasks.RoleMember, tasks.RoleGuest, tasks.RoleAdmin}))
	return nil
}

func (s *story) batch(ctx context.Context, c tasks.Caller, _ string) error {
	var steps []tasks.Step
	for range 1 + s.rand.IntN(5) {
		task := one(s, s.tasks).String()
		n := s.newTask()
		steps = append(steps, one(s, []tasks.Step{
			{Create: &n},
			{Update: &tasks.StepUpdate{Ref: task, Patch: s.patchOf()}},
			{Move: &tasks.StepMove{Ref: task, Move: tasks.Move{Project: s.project().ID, WithChildren: true}}},
			{Delete: task},
			{Comment: &tasks.NewComment{Task: task, Body: "in a batch"}},
		}))
	}
	results, _, err := s.w.Batch(ctx, c, s.w.ws, steps)
	for _, r := range results {
		if err == nil && r.Created {
			s.tasks = append(s.tasks, r.Doc.ID)
		}
	}
	return err
}
