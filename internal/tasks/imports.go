package tasks

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/fault"
)

// Imported is what the workspace has of a thing that was imported.
type Imported struct {
	ID      uuid.UUID
	Project uuid.UUID
	Trashed bool
	State   map[string]string // what the last import saw of each field
}

// Imported finds, by their ids in the source, tasks that were imported before, trashed ones too.
func (s *Service) Imported(ctx context.Context, c Caller, ws uuid.UUID, source string, ids []string) (map[string]Imported, error) {
	out := map[string]Imported{}
	_, err := s.read(ctx, c, ws, func(v View, a *Access) error {
		if err := a.Can(ImportTasks, uuid.Nil); err != nil {
			return err
		}
		for _, id := range ids {
			r, err := v.ByExternal((&External{Source: source, ID: id}).key())
			if err != nil {
				return err
			}
			if r == nil || !a.Sees(r.Task.Project) {
				continue
			}
			m, err := decode[meta](r.Meta)
			if err != nil {
				return err
			}
			out[id] = Imported{ID: r.ID, Project: r.Task.Project, Trashed: r.Deleted != 0, State: m.Import}
		}
		return nil
	})
	return out, err
}

// ImportRecord is an import's own state: Doc is in the wire format, Data is the importer's.
type ImportRecord struct {
	ID   uuid.UUID
	Doc  []byte
	Data []byte
}

// KeepImport stores an import's state durably; no event tells of it.
func (s *Service) KeepImport(ctx context.Context, c Caller, ws uuid.UUID, rec ImportRecord) error {
	_, err := s.update(ctx, c, ws, func(d *draft) error {
		if err := d.access.Can(ImportTasks, uuid.Nil); err != nil {
			return err
		}
		old, err := d.view.Get(KindImport, rec.ID)
		if err != nil {
			return err
		}
		if old != nil && old.Scope != c.User {
			return fault.NotFound()
		}
		ch := Change{Row: &Row{Kind: KindImport, ID: rec.ID, Scope: c.User, Doc: rec.Doc, Meta: rec.Data}}
		if old == nil {
			ch.Audit = d.audited(audit.ImportStarted, rec.ID)
		}
		d.silent = append(d.silent, ch)
		return nil
	})
	return err
}

// Import gives an import that the caller began.
func (s *Service) Import(ctx context.Context, c Caller, ws, id uuid.UUID) (ImportRecord, error) {
	var rec ImportRecord
	_, err := s.read(ctx, c, ws, func(v View, _ *Access) error {
		r, err := v.Get(KindImport, id)
		if err != nil {
			return err
		}
		if r == nil || r.Scope != c.User {
			return fault.NotFound()
		}
		rec = ImportRecord{ID: r.ID, Doc: r.Doc, Data: r.Meta}
		return nil
	})
	return rec, err
}
