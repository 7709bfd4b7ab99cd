package tasks

import (
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// manyMoves is how many moves positions must take without growing.
const manyMoves = 100_000

// listView is a view of one project's tasks that holds no more than their order needs.
type listView struct {
	View // whatever else is asked for is a bug of the test
	list []*Task
	rows map[uuid.UUID]*Row
}

func (v *listView) at(position string) int {
	return sort.Search(len(v.list), func(i int) bool { return v.list[i].Position >= position })
}

func (v *listView) Get(_ Kind, id uuid.UUID) (*Row, error) { return v.rows[id], nil }

func (v *listView) Last(TaskList) (string, error) {
	if len(v.list) == 0 {
		return "", nil
	}
	return v.list[len(v.list)-1].Position, nil
}

func (v *listView) Neighbors(_ TaskList, position string, n int) (before, behind []*Row, err error) {
	i := v.at(position)
	for j := i - 1; j >= 0 && len(before) < n; j-- {
		before = append(before, v.rows[v.list[j].ID])
	}
	for j := i; j < len(v.list) && len(behind) < n; j++ {
		if v.list[j].Position > position {
			behind = append(behind, v.rows[v.list[j].ID])
		}
	}
	return before, behind, nil
}

// put brings a task to the position that it has now.
func (v *listView) put(t *testing.T, task *Task) {
	t.Helper()
	if i := slices.IndexFunc(v.list, func(o *Task) bool { return o.ID == task.ID }); i >= 0 {
		v.list = slices.Delete(v.list, i, i+1)
	}
	v.list = slices.Insert(v.list, v.at(task.Position), task)
	row, err := task.row()
	if err != nil {
		t.Fatal(err)
	}
	v.rows[task.ID] = row
}

// move places a task as a write would and gives how many others had to make room.
func (v *listView) move(t *testing.T, f *frame, id uuid.UUID, p Place) int {
	t.Helper()
	d := &draft{
		view: v, frame: f, access: f.of(uuid.Max, RoleOwner), newID: func() uuid.UUID { return uuid.Nil },
		tasks: map[uuid.UUID]*Task{}, saved: map[uuid.UUID]bool{}, rows: map[rowKey]*Row{}, tails: map[TaskList]uint64{},
	}
	list := TaskList{}
	for project := range f.projects {
		list.Project = project
	}
	var task *Task
	if v.rows[id] == nil {
		task = &Task{ID: id, Project: list.Project}
	} else {
		var err error
		if task, err = d.task(id); err != nil {
			t.Fatal(err)
		}
	}
	pos, err := d.place(list, id, p)
	if err != nil {
		t.Fatal(err)
	}
	task.Position = pos
	for other := range d.saved {
		v.put(t, d.tasks[other])
	}
	v.put(t, task)
	return len(d.saved)
}

func TestPositionsStayShortHoweverOftenTasksMove(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	project := uuid.Must(uuid.NewV7())
	ids := make([]uuid.UUID, 120)
	for i := range ids {
		ids[i] = uuid.Must(uuid.NewV7())
	}
	for name, next := range map[string]func(i int) (id uuid.UUID, p Place, behind int){
		// behind is the task that the moved one must stand right behind, -1 for the front
		"between the same two": func(i int) (uuid.UUID, Place, int) { return ids[1+i%100], Place{After: ids[0].String()}, 0 },
		"in front of the same": func(i int) (uuid.UUID, Place, int) { return ids[1+i%100], Place{Before: ids[0].String()}, -2 },
		"to the front":         func(i int) (uuid.UUID, Place, int) { return ids[i%len(ids)], Place{First: true}, -1 },
		"anywhere": func(int) (uuid.UUID, Place, int) {
			to := random.IntN(len(ids))
			return ids[(to+1+random.IntN(len(ids)-1))%len(ids)], Place{After: ids[to].String()}, to
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := &frame{members: map[member]*Access{}, projects: map[uuid.UUID]*Project{project: {ID: project}}}
			v := &listView{rows: map[uuid.UUID]*Row{}}
			for _, id := range ids {
				v.move(t, f, id, Place{Last: true})
			}
			room := 0
			for i := range manyMoves / 4 {
				id, p, behind := next(i)
				room += v.move(t, f, id, p)
				at := slices.IndexFunc(v.list, func(o *Task) bool { return o.ID == id })
				switch {
				case behind >= 0 && (at == 0 || v.list[at-1].ID != ids[behind]), behind == -1 && at != 0, behind == -2 && v.list[at+1].ID != ids[0]:
					t.Fatalf("move %d led to place %d", i, at)
				}
				if i%500 == 0 {
					v.sound(t, len(ids))
				}
			}
			v.sound(t, len(ids))
			if average := float64(room) / (manyMoves / 4); average > 10 {
				t.Errorf("%.1f others had to make room for one move", average)
			}
		})
	}
}

// sound checks that all are there and that each has a position of its own, of 13 bytes.
func (v *listView) sound(t *testing.T, want int) {
	t.Helper()
	if len(v.list) != want {
		t.Fatalf("%d tasks, want %d", len(v.list), want)
	}
	for i, task := range v.list {
		if len(task.Position) != 13 || i > 0 && task.Position <= v.list[i-1].Position {
			t.Fatalf("at %d a task has position %q behind %q", i, task.Position, v.list[max(i-1, 0)].Position)
		}
	}
}

func TestLabelsBetweenLabels(t *testing.T) {
	for _, test := range []struct {
		low, high uint64
		ok        bool
	}{{0, posMax, true}, {0, 1, false}, {0, 2, true}, {5, 6, false}, {5, 7, true}, {posMax - 1, posMax, false}, {posMax - 2, posMax, true}, {1, posMax, true}} {
		n, ok := between(test.low, test.high)
		if ok != test.ok || ok && (n <= test.low || n >= test.high) {
			t.Errorf("between %d and %d: %d, %v", test.low, test.high, n, ok)
		}
	}
	for _, n := range []int{1, 2, 1000} {
		labels, ok := spread(0, posMax, n)
		if !ok || !slices.IsSorted(labels) || labels[0] == 0 || labels[n-1] >= posMax {
			t.Errorf("%d labels: %v, %v", n, labels[:1], ok)
		}
	}
	if _, ok := spread(10, 10+posRoom, 5); ok {
		t.Error("a stretch without room was spread")
	}
	for _, n := range []uint64{0, 1, 31, 32, posMax - 1} {
		if got, err := parsePos(formatPos(n)); err != nil || got != n || len(formatPos(n)) != 13 {
			t.Errorf("%d is written %s and read %d, %v", n, formatPos(n), got, err)
		}
	}
	if strings.Compare(formatPos(9), formatPos(10)) >= 0 || strings.Compare(formatPos(31), formatPos(32)) >= 0 {
		t.Error("as texts they sort otherwise")
	}
	for _, bad := range []string{"", "0", "00000000000zz", "zzzzzzzzzzzzz"} {
		if _, err := parsePos(bad); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}
