"""Abbreviations of official language: those that every reader knows, and what others stand for."""

from __future__ import annotations

#: Needs no explanation in a report of a People's Committee.
EVERYBODY_KNOWS = frozenset(
    """UBND HĐND MTTQ TP TW TƯ CHXHCN XHCN CNXH ĐCSVN TTXVN HCM TNHH MTV BOT PPP VAT ATM THCS THPT
    GRDP GDP CPI FDI ODA USD VND VNĐ EUR WTO ASEAN APEC WHO UNESCO UNICEF COVID SARS AIDS HIV GPS QR SMS PDF ISO HTTP HTTPS LED LAN WIFI USB
    TCVN QCVN CSV TXT DOC DOCX XLS XLSX HTML XML JSON API URL OTP TOTP SSO VNPT EVN VTV VOV FPT MTTQVN""".split()  # noqa: SIM905
)
#: What a writer most likely means; given as a suggestion only.
USUAL = {
    "NSNN": "ngân sách nhà nước",
    "KTXH": "kinh tế - xã hội",
    "TTHC": "thủ tục hành chính",
    "CCHC": "cải cách hành chính",
    "CNTT": "công nghệ thông tin",
    "ĐBQH": "đại biểu Quốc hội",
    "GPMB": "giải phóng mặt bằng",
    "PCCC": "phòng cháy, chữa cháy",
    "VBQPPL": "văn bản quy phạm pháp luật",
    "QPPL": "quy phạm pháp luật",
    "BHYT": "bảo hiểm y tế",
    "BHXH": "bảo hiểm xã hội",
    "ATTP": "an toàn thực phẩm",
    "VSATTP": "vệ sinh an toàn thực phẩm",
    "KNTC": "khiếu nại, tố cáo",
    "PAKN": "phản ánh, kiến nghị",
    "DVC": "dịch vụ công",
    "DVCTT": "dịch vụ công trực tuyến",
    "CBCC": "cán bộ, công chức",
    "CBCCVC": "cán bộ, công chức, viên chức",
    "NTM": "nông thôn mới",
    "KHCN": "khoa học và công nghệ",
    "GDĐT": "giáo dục và đào tạo",
    "ANTT": "an ninh trật tự",
    "TTATXH": "trật tự, an toàn xã hội",
    "DNNN": "doanh nghiệp nhà nước",
    "XDCB": "xây dựng cơ bản",
    "HTX": "hợp tác xã",
    "OCOP": "Mỗi xã một sản phẩm",
}
