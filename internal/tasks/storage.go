package tasks

import (
	"context"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// KindStorage is the row that says how much a workspace's files take; its id is Nil.
const KindStorage Kind = "storage"

type storageDoc struct {
	Bytes int64 `json:"bytes"`
}

// Storage is how many bytes the attached files of a workspace take, those in the trash too.
func (s *Service) Storage(ctx context.Context, ws uuid.UUID) (bytes int64, err error) {
	err = s.store.Read(ctx, ws, func(v View) error {
		bytes, err = storageIn(v)
		return err
	})
	return bytes, err
}

func storageIn(v View) (int64, error) {
	r, err := v.Get(KindStorage, uuid.Nil)
	if err != nil || r == nil {
		return 0, err
	}
	doc, err := decode[storageDoc](r.Doc)
	return doc.Bytes, err
}

func storageFull() error {
	return fault.Quota("The files of this workspace take as much room as they may; remove some for good first.")
}

// takeStorage makes room for a file. It is within the entry that adds the file, so that no two take the same room.
func (d *draft) takeStorage(size, most int64) error {
	used, err := storageIn(d.view)
	if err != nil {
		return err
	}
	if used+d.stored+size > most {
		return storageFull()
	}
	d.stored += size
	return nil
}

// saveStorage writes down how much is used, if that has changed. It must be the last that an entry does.
func (d *draft) saveStorage() error {
	if d.stored == 0 {
		return nil
	}
	used, err := storageIn(d.view)
	if err != nil {
		return err
	}
	doc, err := marshal(storageDoc{max(used+d.stored, 0)})
	if err != nil {
		return err
	}
	d.silent = append(d.silent, Change{Row: &Row{Kind: KindStorage, Doc: doc}})
	return nil
}
