import numpy as np

from desktop_rag.pipeline.fusion import fuse_scores, reciprocal_rank_fusion, z_scores


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
