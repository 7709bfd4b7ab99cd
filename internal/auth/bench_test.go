package auth_test

import "testing"

// BenchmarkVerify is of an access token, which every request brings.
func BenchmarkVerify(b *testing.B) {
	h := open(b)
	token := h.register("ada@example.com").Access
	b.ReportAllocs()
	for b.Loop() {
		if _, err := h.Verify(b.Context(), token); err != nil {
			b.Fatal(err)
		}
	}
}
