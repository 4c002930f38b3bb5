from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from velferdslab_model.workbook.adresse import celleadresse, kolonnenavn


def test_adressene_er_de_excel_skriver() -> None:
    assert [kolonnenavn(k) for k in range(16_384)] == [xl_col_to_name(k) for k in range(16_384)]
    assert celleadresse(1_048_575, 16_383) == xl_rowcol_to_cell(1_048_575, 16_383) == "XFD1048576"
