// Package importer brings other products' data into a workspace: it reads a file into a plan, works out what of the plan
// the workspace does not say yet, and makes it so in entries of bounded size. Everything is known by its ID in the
// source, so importing again changes only what has changed there, and an import that was interrupted goes on.
package importer

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// Tasks is what an import needs of the tasks domain; tasks.Service does it.
type Tasks interface {
	Projects
	Labels
	Records
	// Imported finds tasks that were imported before, by their ids in the source.
	Imported(ctx context.Context, c tasks.Caller, ws uuid.UUID, source string, ids []string) (map[string]tasks.Imported, error)
	Batch(ctx context.Context, c tasks.Caller, ws uuid.UUID, steps []tasks.Step) ([]tasks.Result, tasks.Head, error)
	RestoreTask(ctx context.Context, c tasks.Caller, ws uuid.UUID, ref string) (tasks.Written, error)
	Tasks(ctx context.Context, c tasks.Caller, ws uuid.UUID, q tasks.ListQuery, of tasks.PageOf) (tasks.Page, error)
}

// Projects makes and changes projects.
type Projects interface {
	Project(ctx context.Context, c tasks.Caller, ws, id uuid.UUID) (tasks.Doc, tasks.Head, error)
	CreateProject(ctx context.Context, c tasks.Caller, ws uuid.UUID, n tasks.NewProject) (tasks.Written, error)
	UpdateProject(ctx context.Context, c tasks.Caller, ws, id uuid.UUID, p tasks.ProjectPatch, cond tasks.Condition) (tasks.Written, error)
	DeleteProject(ctx context.Context, c tasks.Caller, ws, id uuid.UUID) (tasks.Head, error)
	RestoreProject(ctx context.Context, c tasks.Caller, ws, id uuid.UUID) (tasks.Written, error)
	AddStatus(ctx context.Context, c tasks.Caller, ws, project uuid.UUID, n tasks.NewStatus) (tasks.Written, error)
}

// Labels makes labels.
type Labels interface {
	Labels(ctx context.Context, c tasks.Caller, ws uuid.UUID, page tasks.PageOf) (tasks.Page, error)
	CreateLabel(ctx context.Context, c tasks.Caller, ws uuid.UUID, n tasks.NewLabel) (tasks.Written, error)
}

// Records keeps imports durably, each for the user who began it.
type Records interface {
	KeepImport(ctx context.Context, c tasks.Caller, ws uuid.UUID, rec tasks.ImportRecord) error
	Import(ctx context.Context, c tasks.Caller, ws, id uuid.UUID) (tasks.ImportRecord, error)
}

// People tells who is in a workspace.
type People interface {
	// Members gives the members whom the user may see, with the addresses that she may see.
	Members(ctx context.Context, ws, user uuid.UUID) ([]Member, error)
}

// maxRunning is how many imports one process works on at a time; each holds its plan in memory.
const maxRunning = 4

// Service runs imports. It is safe for concurrent use.
type Service struct {
	tasks  Tasks
	people People
	now    func() time.Time
	log    *slog.Logger

	ctx  context.Context // of the imports under way
	stop context.CancelFunc

	mu      sync.Mutex
	closed  bool
	running map[uuid.UUID]*job // by workspace
	ended   sync.WaitGroup
}

// New makes the service. Close must be called before the process ends.
func New(t Tasks, p People, now func() time.Time, log *slog.Logger) *Service {
	ctx, stop := context.WithCancel(context.Background())
	return &Service{tasks: t, people: p, now: now, log: log, ctx: ctx, stop: stop, running: map[uuid.UUID]*job{}}
}

// Close stops the imports under way between two entries and waits until they have said so in their records.
func (s *Service) Close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.stop()
	s.ended.Wait()
}

// job is an import that this process is at.
type job struct {
	s  *Service
	c  tasks.Caller // who began it, as the import
	ws uuid.UUID

	mu  sync.Mutex
	rec record
}

// begin reserves the workspace: two imports at once would claim the same IDs.
func (s *Service) begin(ws uuid.UUID, c tasks.Caller, rec record) (*job, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closed:
		return nil, fault.Unavailable(nil)
	case s.running[ws] != nil:
		return nil, fault.Conflict("import-running", "Another import into this workspace is under way; please wait until it is done.")
	case len(s.running) >= maxRunning:
		return nil, fault.TooMany(10 * time.Second)
	}
	c.Actor = tasks.Actor{Type: tasks.ActorImport, ID: rec.ID, Name: c.Actor.Name, User: c.User}
	j := &job{s: s, c: c, ws: ws, rec: rec}
	s.running[ws] = j
	s.ended.Add(1)
	return j, nil
}

func (s *Service) end(j *job) {
	s.mu.Lock()
	delete(s.running, j.ws)
	s.mu.Unlock()
	s.ended.Done()
}

// work runs do in the background and keeps how it ended, well or not. Until that is kept, the job is still under way.
func (j *job) work(well State, do func(context.Context) error) {
	go func() {
		defer j.s.end(j)
		err := do(j.s.ctx)
		rec := j.state()
		log := j.s.log.With(slog.String("import", rec.ID.String()))
		var why *Failure
		switch {
		case err != nil && j.s.ctx.Err() != nil:
			why = interrupted()
		case err != nil:
			why = failure(err)
			if k := fault.KindOf(err); k == fault.KindInternal || k == fault.KindUnavailable {
				log.LogAttrs(j.s.ctx, slog.LevelError, "an import failed", slog.Any("error", err))
			}
		}
		rec.finish(well, why, j.s.now())
		ctx, cancel := context.WithTimeout(context.WithoutCancel(j.s.ctx), 10*time.Second)
		defer cancel()
		if err := j.store(ctx, rec); err != nil {
			log.LogAttrs(ctx, slog.LevelError, "the end of an import could not be kept", slog.Any("error", err))
		}
	}()
}

func (j *job) change(f func(*record)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	f(&j.rec)
}

func (j *job) state() record {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.rec
}

// keep stores the record as it is now.
func (j *job) keep(ctx context.Context) error {
	j.change(func(r *record) { r.Beat = j.s.now() })
	return j.store(ctx, j.state())
}

func (j *job) store(ctx context.Context, rec record) error {
	kept, err := rec.encode()
	if err != nil {
		return err
	}
	return j.s.tasks.KeepImport(ctx, j.c, j.ws, kept)
}

// beatEvery is how often an import under way keeps its record, at least.
const beatEvery = 5 * time.Second

// beat keeps the record if it is time to.
func (j *job) beat(ctx context.Context) error {
	if j.s.now().Sub(j.state().Beat) < beatEvery {
		return nil
	}
	return j.keep(ctx)
}
