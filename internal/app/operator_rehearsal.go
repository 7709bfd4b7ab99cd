package app

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/rung-app/rung/internal/load"
)

// Rehearsals through the operator's socket.
const (
	doOthers   = "count-others"
	doRehearse = "rehearse"

	teamsOfCommand = 500 // so that a command stays below maxOperator, and does not take long
)

// rehearse carries out a command about rehearsals, if it is one, and says whether it was.
func rehearse(ctx context.Context, r Rehearsals, ask operatorRequest, out *json.Encoder, connection *http.ResponseController) (operatorAnswer, bool, error) {
	switch ask.Do {
	case doOthers:
		n, err := r.Others(ctx, ask.Limit)
		return operatorAnswer{Accounts: n}, true, err
	case doRehearse:
		err := r.Make(ctx, ask.First, ask.Present, func(t load.Team) error {
			return errors.Join(out.Encode(operatorAnswer{Team: &t}), connection.Flush())
		})
		return operatorAnswer{}, true, err
	default:
		return operatorAnswer{}, false, nil
	}
}

// remoteRehearsals has a server do it.
type remoteRehearsals struct{ *remoteAccounts }

func (r *remoteRehearsals) Others(ctx context.Context, limit int) (int, error) {
	answer, err := r.ask(ctx, operatorRequest{Do: doOthers, Limit: limit})
	return answer.Accounts, err
}

func (r *remoteRehearsals) Make(ctx context.Context, first int, present []int, fn func(load.Team) error) error {
	if err := errPresent(first, present); err != nil {
		return err
	}
	for len(present) > 0 {
		some := present[:min(len(present), teamsOfCommand)]
		err := r.send(ctx, operatorRequest{Do: doRehearse, First: first, Present: some}, func(line []byte) error {
			var answer operatorAnswer
			if err := json.Unmarshal(line, &answer); err != nil || answer.Team == nil {
				return err
			}
			return fn(*answer.Team)
		})
		if err != nil {
			return err
		}
		first, present = first+len(some), present[len(some):]
	}
	return nil
}
