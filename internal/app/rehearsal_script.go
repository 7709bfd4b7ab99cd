package app

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/load"
	"github.com/rung-app/rung/internal/tasks"
	"github.com/rung-app/rung/internal/users"
)

// What is made up for a rehearsal is the same each time: a team's number says all of it, save days, which lie around today.

// Made-up ids are UUIDs of version 7 from the first hours of 1970, so they come before all others, and those of accounts can be
// told from others by that.
const madeUpSpan = 1 << 24 // milliseconds

// madeUp gives the id of the thing of a kind with a number.
func madeUp(kind string, number int) uuid.UUID {
	sum := sha256.Sum256(fmt.Appendf(nil, "rung rehearsal %s %d", kind, number))
	var id uuid.UUID
	copy(id[:], sum[:])
	at := number % madeUpSpan
	id[0], id[1], id[2], id[3], id[4], id[5] = 0, 0, 0, byte(at>>16), byte(at>>8), byte(at)
	id[6], id[8] = id[6]&0x0f|0x70, id[8]&0x3f|0x80
	return id
}

// lastMadeUp is behind all ids that madeUp gives.
func lastMadeUp() uuid.UUID {
	id := uuid.Max
	id[0], id[1], id[2] = 0, 0, 0
	return id
}

// madeUpDomain is what the addresses of made-up people end in. No mail gets there (RFC 2606).
const madeUpDomain = "@rehearsal.invalid"

// addressOf gives the address of the person with a number.
func addressOf(number int) string { return fmt.Sprintf("person-%d%s", number, madeUpDomain) }

// numberOf gives the number of the person with an address, if it is one that addressOf gives.
func numberOf(address string) (int, bool) {
	local, _ := strings.CutSuffix(address, madeUpDomain)
	n, err := strconv.Atoi(strings.TrimPrefix(local, "person-"))
	return n, err == nil && addressOf(n) == address
}

// teamScript is what a team is made from.
type teamScript struct {
	number    int
	workspace users.NewWorkspace
	people    []users.NewPerson
	project   tasks.NewProject
	labels    []tasks.NewLabel
	rand      *rand.Rand
}

// Names of people and of what they work on.
const (
	firstNames = "Ada Alan Barbara Carl Donald Edsger Emmy Frances Grace Hedy Ida Jean John Karen Leslie Margaret Niklaus Radia Sophie Tony"
	lastNames  = "Archer Baker Carter Cooper Fisher Fletcher Gardner Hunter Mason Miller Parker Potter Sawyer Shepherd Smith Tailor Turner Walker Weaver Wright"
	products   = "Website Mobile-app Billing Search Onboarding Reports Support Hiring Events Platform"
	labelNames = "bug idea urgent waiting later customer"
	taskWords  = "plan ship write review test fix measure the a new old report page list board team release customer database search login invoice " +
		"design draft meeting notes figures window colour answer question deploy"
)

func script(number int) *teamScript {
	first, last, product := strings.Fields(firstNames), strings.Fields(lastNames), strings.Fields(products)
	name := strings.ReplaceAll(product[number%len(product)], "-", " ")
	s := &teamScript{
		number:    number,
		workspace: users.NewWorkspace{ID: madeUp("workspace", number), Name: fmt.Sprintf("%s team %d", name, number), Slug: fmt.Sprintf("rehearsal-%d", number)},
		project:   tasks.NewProject{ID: madeUp("project", number), Name: name},
		rand:      rand.New(rand.NewPCG(uint64(number), 1)),
	}
	for i := range load.TeamSize {
		n := number*load.TeamSize + i
		s.people = append(s.people, users.NewPerson{
			ID: madeUp("person", n), Email: addressOf(n),
			Name: first[s.rand.IntN(len(first))] + " " + last[s.rand.IntN(len(last))],
		})
	}
	for i, label := range strings.Fields(labelNames) {
		s.labels = append(s.labels, tasks.NewLabel{ID: madeUp("label", number*100+i), Name: label})
	}
	return s
}

// last is the id of the task that is made last.
func (s *teamScript) last() uuid.UUID { return s.task(load.TeamTasks - 1) }

func (s *teamScript) task(i int) uuid.UUID { return madeUp("task", s.number*load.TeamTasks+i) }

// tasks are as people write them: a line, often a paragraph, perhaps a day, somebody and a label.
func (s *teamScript) tasks(statuses []uuid.UUID) []tasks.Step {
	steps := make([]tasks.Step, load.TeamTasks)
	for i := range steps {
		t := &tasks.NewTask{
			ID: s.task(i), Project: s.project.ID, Title: s.words(4, 9), Priority: s.rand.IntN(5), Status: statuses[s.rand.IntN(len(statuses))],
		}
		if s.rand.IntN(3) > 0 {
			t.Description = s.words(10, 60)
		}
		if s.rand.IntN(5) < 3 {
			t.Due = &tasks.When{Date: time.Now().AddDate(0, 0, s.rand.IntN(60)-20).Format(time.DateOnly)}
		}
		if s.rand.IntN(10) < 7 {
			t.Assignees = []uuid.UUID{s.people[s.rand.IntN(len(s.people))].ID}
		}
		if s.rand.IntN(2) == 0 {
			t.Labels = []uuid.UUID{s.labels[s.rand.IntN(len(s.labels))].ID}
		}
		steps[i].Create = t
	}
	return steps
}

func (s *teamScript) words(least, most int) string {
	words := strings.Fields(taskWords)
	out := make([]string, least+s.rand.IntN(most-least))
	for i := range out {
		out[i] = words[s.rand.IntN(len(words))]
	}
	return strings.Join(out, " ")
}

// statusesOf reads the ids of the statuses out of a project.
func statusesOf(project []byte) (ids []uuid.UUID, err error) {
	var p struct {
		Statuses []struct {
			ID uuid.UUID `json:"id"`
		} `json:"statuses"`
	}
	err = json.Unmarshal(project, &p)
	for _, s := range p.Statuses {
		ids = append(ids, s.ID)
	}
	return ids, err
}
