"""First judgements: matrix reads them as arrays, cache keeps what is computed from them."""
