package importer

import (
	"context"
	"io"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// Request asks for an import.
type Request struct {
	Source  string
	File    io.Reader
	Project uuid.UUID // into which; Nil: the one that it was imported into before, or a new one
	DryRun  bool
	Choices Choices
}

// Start reads the file and, if it can be read, begins to import it in the background, even if ctx ends then. A dry run
// only finds out what an import would do.
func (s *Service) Start(ctx context.Context, c tasks.Caller, ws uuid.UUID, r Request) (Import, error) {
	if _, err := s.tasks.Imported(ctx, c, ws, r.Source, nil); err != nil { // before the work, whether she may at all
		return Import{}, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return Import{}, err
	}
	rec := record{Import: Import{
		ID: id, Source: r.Source, DryRun: r.DryRun, State: Running, CreatedBy: c.User, CreatedAt: tasks.At(s.now().UnixMilli()),
	}}
	j, err := s.begin(ws, c, rec)
	if err != nil {
		return Import{}, err
	}
	p, err := Read(ctx, r.Source, r.File, r.Choices)
	if err == nil {
		j.change(func(rec *record) { rec.Progress.Total = len(p.Tasks) })
		err = j.keep(ctx)
	}
	if err != nil {
		s.end(j)
		return Import{}, err
	}
	started := j.state().Import
	j.work(Done, func(ctx context.Context) error { return j.apply(ctx, p, r.Project) })
	return started, nil
}

// Import gives an import that the caller began. One that stopped without a word has failed.
func (s *Service) Import(ctx context.Context, c tasks.Caller, ws, id uuid.UUID) (Import, error) {
	s.mu.Lock()
	j := s.running[ws]
	s.mu.Unlock()
	kept, err := s.tasks.Import(ctx, c, ws, id)
	if err != nil {
		return Import{}, err
	}
	if j != nil { // even if its end is kept already: until the job is over, nothing else can begin
		if now := j.state(); now.ID == id {
			return now.Import, nil
		}
	}
	rec, err := decode(kept)
	if err == nil && !rec.State.Over() && s.now().Sub(rec.Beat) > patience {
		rec.finish(Failed, interrupted(), rec.Beat)
	}
	return rec.Import, err
}

// Undo puts the tasks that an import made, and the project if it made that and nothing else is in it, into the trash, in
// the background. What it changed of things that were there before stays, and so do labels. It may be called again.
func (s *Service) Undo(ctx context.Context, c tasks.Caller, ws, id uuid.UUID) (Import, error) {
	i, err := s.Import(ctx, c, ws, id)
	switch {
	case err != nil:
		return Import{}, err
	case i.State == Undone || i.State == Undoing:
		return i, nil
	case !i.State.Over():
		return Import{}, fault.Conflict("import-running", "The import is still under way; please wait until it is done.")
	case i.DryRun:
		return Import{}, fault.Conflict("import-dry-run", "A dry run has made nothing that could be undone.")
	}
	rec := record{Import: i}
	rec.State, rec.FinishedAt, rec.Error = Undoing, nil, nil
	j, err := s.begin(ws, c, rec)
	if err != nil {
		return Import{}, err
	}
	if err := j.keep(ctx); err != nil {
		s.end(j)
		return Import{}, err
	}
	undoing := j.state().Import
	j.work(Undone, j.undo)
	return undoing, nil
}
