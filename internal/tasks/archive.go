package tasks

import (
	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// What is in an archived project stands still: its tasks, what is said and kept about them, and its statuses. It is seen
// and found as before, and out of the archive it goes on as if nothing had been. What must be possible all the same
// happens: words can be removed, what is in the trash can be removed for good, a label that is gone is gone here too,
// and the project itself can be changed and deleted.

// inUse refuses to change what is in an archived project.
func (d *draft) inUse(project uuid.UUID) error { return d.frame.inUse(project) }

func (f *frame) inUse(project uuid.UUID) error {
	if p := f.projects[project]; p != nil && p.Archived {
		return fault.Conflict("project-archived", "The project is archived; take it out of the archive first.")
	}
	return nil
}
