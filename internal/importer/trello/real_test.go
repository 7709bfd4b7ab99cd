package trello_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/rung-app/rung/internal/importer/plan"
	"github.com/rung-app/rung/internal/importer/trello"
)

// TestRealBoards reads boards that people really exported. They are not part of the repository, so it runs where they
// lie beside it and compares counts and a hash of the whole plan; a new hash is right if the change that caused it is.
func TestRealBoards(t *testing.T) {
	type golden struct {
		Statuses, Labels, People, Tasks, SubTasks, Comments, Assigned, Over, Archived int
		Hash                                                                          string
	}
	for _, c := range []struct {
		file       string
		checklists trello.Checklists
		want       golden
	}{
		{"trello-board-a.json", trello.TaskLists, golden{Statuses: 10, Labels: 8, People: 1, Tasks: 117, Comments: 304, Over: 95, Archived: 7, Hash: "85e25d54094a0d6f"}},
		{"trello-board-a.json", trello.SubTasks, golden{Statuses: 10, Labels: 8, People: 1, Tasks: 126, SubTasks: 9, Comments: 304, Over: 104, Archived: 7, Hash: "1baa3c8e08da24b1"}},
		{"trello-board-b.json", trello.TaskLists, golden{Statuses: 9, Labels: 3, People: 4, Tasks: 42, Over: 1, Archived: 1, Hash: "d09f94a0ca374952"}},
		{"trello-board-b.json", trello.SubTasks, golden{Statuses: 9, Labels: 3, People: 4, Tasks: 50, SubTasks: 8, Over: 1, Archived: 1, Hash: "3e5dd4a43f8d8b5b"}},
	} {
		t.Run(c.file+" "+string(c.checklists), func(t *testing.T) {
			f, err := os.Open(filepath.Join("../../../../shared/data", c.file))
			if errors.Is(err, fs.ErrNotExist) {
				t.Logf("%s is not here", c.file)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			p, err := trello.Read(t.Context(), f, trello.Options{Checklists: c.checklists, Zone: berlin(t)})
			if err != nil {
				t.Fatal(err)
			}
			holdsTogether(t, p)
			got := golden{Statuses: len(p.Statuses), Labels: len(p.Labels), People: len(p.People), Hash: hash(t, p)}
			for _, task := range p.Tasks {
				got.Tasks++
				got.Comments += len(task.Comments)
				got.SubTasks += one(task.Parent != "")
				got.Assigned += one(len(task.Assignees) > 0)
				got.Over += one(!task.CompletedAt.IsZero())
				got.Archived += one(statusOf(p, task) == "Archived")
			}
			equal(t, "plan", got, c.want)
			if t.Failed() {
				for _, n := range p.Notes {
					t.Logf("%s %s %d", n.Kind, n.Code, n.Count)
				}
			}
		})
	}
}

func hash(t *testing.T, p plan.Plan) string {
	t.Helper()
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
