import numpy as np

from desktop_rag.pipeline.fusion import (
    fuse_scores,
    reciprocal_rank_fusion,
    with_neighbours,
    z_scores,
)


def test_what_both_lists_hold_comes_first() -> None:
    assert reciprocal_rank_fusion([["a", "b"], ["c", "b"]])[0] == "b"


def test_an_empty_list_changes_nothing() -> None:
    assert reciprocal_rank_fusion([["a", "b"], []]) == ["a", "b"]


def test_z_scores_of_equal_values_are_nought() -> None:
    assert z_scores(np.array([3.0, 3.0])).tolist() == [0.0, 0.0]
    assert z_scores(np.array([])).size == 0


def test_a_weight_of_nought_silences_a_stage() -> None:
    fused = fuse_scores([(1.0, [1.0, 2.0]), (0.0, [9.0, 0.0])])
    assert fused[1] > fused[0]


def test_a_passage_beside_a_good_one_is_lifted_by_the_better_neighbour() -> None:
    places = [("a", 1), ("a", 2), ("a", 3), ("b", 2), ("a", 9)]
    lifted = with_neighbours(np.array([1.0, 0.0, 2.0, 0.0, -1.0]), places, 0.5)
    # a:2 has the better of 1 and 2; a:1 and a:3 have a:2; b:2 and a:9 stand alone.
    assert lifted.tolist() == [1.0, 1.0, 2.0, -0.5, -1.5]
    assert with_neighbours(np.zeros(0), [], 0.5).size == 0
