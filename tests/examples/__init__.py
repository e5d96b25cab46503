"""Tests of the examples, which import nothing of Sixpoint: they run on a release that is made in the test."""
