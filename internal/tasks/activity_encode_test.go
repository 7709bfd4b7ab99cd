package tasks

import (
	"testing"

	"github.com/google/uuid"
)

func TestALineOfAStoryIsWrittenAsItIsRead(t *testing.T) {
	user, token, entity := uuid.New(), uuid.New(), uuid.New()
	for _, a := range []activityDoc{
		{Seq: 1, Type: TaskCreated, At: At(1_700_000_000_123), Actor: Actor{Type: ActorUser, ID: user, Name: "Ada"}, Entity: "task", EntityID: entity},
		{
			Seq: 1 << 40, Type: TaskUpdated, At: At(0), Actor: Actor{Type: ActorToken, ID: token, Name: "say \"<b>&\u2028\\ \x00", User: user},
			Entity: "relation", EntityID: entity, Before: []byte(`{"title":"<A>"}`), After: []byte(`{"title":null}`),
		},
		{Actor: Actor{Name: "no more \xff than that"}, After: []byte(`{}`)},
	} {
		want, err := marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		if got := appendActivity(nil, &a); string(got) != string(want) {
			t.Errorf("%s\nis not %s", got, want)
		}
	}
}
